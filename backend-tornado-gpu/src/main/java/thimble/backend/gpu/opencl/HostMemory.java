package thimble.backend.gpu.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import thimble.backend.BackendException;

/** Memory of the host that a queue copies from and to. Pinned memory is what the device's own engine reaches without the driver's help. */
final class HostMemory implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HostMemory.class.getName());
    private static final long ALIGNMENT = 64;
    private static final long READ_WRITE_ON_HOST = 1 | 1 << 4;
    private static final long MAP_READ_WRITE = 3;

    private final OpenCl cl;
    private final long queue;
    private final MemorySegment segment;
    private long buffer;

    private HostMemory(OpenCl cl, long queue, long buffer, MemorySegment segment) {
        this.cl = cl;
        this.queue = queue;
        this.buffer = buffer;
        this.segment = segment;
    }

    /** Ordinary memory. */
    static HostMemory plain(OpenCl cl, long queue, long bytes) {
        return new HostMemory(cl, queue, 0, Arena.ofAuto().allocate(bytes, ALIGNMENT));
    }

    /** Pinned memory; ordinary memory where the driver has none left. */
    @SuppressWarnings("restricted")
    static HostMemory pinned(OpenCl cl, long context, long queue, long bytes) {
        long buffer = 0;
        try {
            buffer = Calls.create("clCreateBuffer", code ->
                    (long) cl.createBuffer.invokeExact(context, READ_WRITE_ON_HOST, bytes, MemorySegment.NULL, code));
            long mapped = buffer;
            long address = Calls.create("clEnqueueMapBuffer", code -> (long) cl.enqueueMapBuffer.invokeExact(
                    queue, mapped, 1, MAP_READ_WRITE, 0L, bytes, 0, MemorySegment.NULL, MemorySegment.NULL, code));
            return new HostMemory(
                    cl, queue, buffer, MemorySegment.ofAddress(address).reinterpret(bytes));
        } catch (BackendException e) {
            LOG.log(System.Logger.Level.DEBUG, "copies go without pinned memory", e);
            release(cl, buffer);
            return plain(cl, queue, bytes);
        }
    }

    /** True if it is pinned. */
    boolean isPinned() {
        return buffer != 0;
    }

    MemorySegment segment() {
        return segment;
    }

    private static void release(OpenCl cl, long buffer) {
        if (buffer != 0) {
            Calls.check("clReleaseMemObject", () -> (int) cl.releaseMemObject.invokeExact(buffer));
        }
    }

    /** Gives it back; no command may still use it. */
    @Override
    public void close() {
        if (buffer != 0) {
            long closed = buffer;
            buffer = 0;
            try {
                Calls.check("clEnqueueUnmapMemObject", () -> (int) cl.enqueueUnmapMemObject.invokeExact(
                        queue, closed, segment, 0, MemorySegment.NULL, MemorySegment.NULL));
            } finally {
                release(cl, closed);
            }
        }
    }
}
