package thimble.backend.gpu.opencl;

import java.util.concurrent.atomic.AtomicLong;
import thimble.backend.gpu.device.DeviceMemory;

/** A buffer of the driver. */
final class OpenClMemory implements DeviceMemory {
    private final OpenCl cl;
    private final long bytes;
    private final AtomicLong total;
    private long handle;

    /**
     * @param handle the driver's handle
     * @param total bytes of all open buffers of the device
     */
    OpenClMemory(OpenCl cl, long handle, long bytes, AtomicLong total) {
        this.cl = cl;
        this.handle = handle;
        this.bytes = bytes;
        this.total = total;
    }

    /**
     * The driver's handle.
     *
     * @throws IllegalStateException if it is closed
     */
    synchronized long handle() {
        if (handle == 0) {
            throw new IllegalStateException("[opencl] expected open memory but it is closed");
        }
        return handle;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public synchronized void close() {
        if (handle != 0) {
            long released = handle;
            handle = 0;
            total.addAndGet(-bytes);
            Calls.check("clReleaseMemObject", () -> (int) cl.releaseMemObject.invokeExact(released));
        }
    }
}
