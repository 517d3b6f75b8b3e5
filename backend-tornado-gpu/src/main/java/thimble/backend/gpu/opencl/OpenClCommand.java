package thimble.backend.gpu.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import thimble.backend.gpu.device.Kernel;

/** A kernel object with its arguments; sending it is one call. */
final class OpenClCommand {
    private final OpenCl cl;
    private final OpenClQueue queue;
    private final String name;
    private final long kernel;
    private final MemorySegment global = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG, 2);
    private final MemorySegment local = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG, 2);
    private boolean closed;

    OpenClCommand(OpenCl cl, OpenClQueue queue, String name, long kernel) {
        this.cl = cl;
        this.queue = queue;
        this.name = name;
        this.kernel = kernel;
    }

    /** Sets an argument that is a buffer. */
    void argument(int index, long memory) {
        try (Arena arena = Arena.ofConfined()) {
            set(index, arena.allocateFrom(ValueLayout.JAVA_LONG, memory));
        }
    }

    /** Sets an argument that is an int. */
    void argument(int index, int value) {
        try (Arena arena = Arena.ofConfined()) {
            set(index, arena.allocateFrom(ValueLayout.JAVA_INT, value));
        }
    }

    private void set(int index, MemorySegment value) {
        Calls.check("clSetKernelArg " + index + " of " + name, () ->
                (int) cl.setKernelArg.invokeExact(kernel, index, value.byteSize(), value));
    }

    /** Sets the number of work-items and of blocks. */
    void size(long items, long blocks) {
        global.setAtIndex(ValueLayout.JAVA_LONG, 0, items);
        global.setAtIndex(ValueLayout.JAVA_LONG, 1, blocks);
        local.setAtIndex(ValueLayout.JAVA_LONG, 0, Kernel.GROUP);
        local.setAtIndex(ValueLayout.JAVA_LONG, 1, 1);
    }

    /** Sends it. */
    void send() {
        if (closed) {
            throw new IllegalStateException("[opencl] expected an open command but " + name + " is closed");
        }
        int code;
        try {
            code = (int) cl.enqueueNdRangeKernel.invokeExact(
                    queue.handle(),
                    kernel,
                    2,
                    MemorySegment.NULL,
                    global,
                    local,
                    0,
                    MemorySegment.NULL,
                    MemorySegment.NULL);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw Status.broken("clEnqueueNDRangeKernel", e);
        }
        if (code != Status.OK) {
            queue.check("launching " + name, code);
        }
    }

    /** Gives the kernel object back. */
    void close() {
        if (!closed) {
            closed = true;
            Calls.check("clReleaseKernel", () -> (int) cl.releaseKernel.invokeExact(kernel));
        }
    }
}
