package thimble.backend.gpu.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where bytes stand on their way to a device and back: two halves, so that one is filled while the device still copies the other. A half is
 * used again when all that was sent before it was left has run.
 */
final class Staging implements AutoCloseable {
    /** Most bytes that stand there in one piece. */
    static final long LARGEST = 16 << 20;

    private static final long SMALLEST = 1 << 20;
    private static final long ALIGNMENT = 64;

    private final OpenCl cl;
    private final long queue;
    private final LongFunction<HostMemory> memory;
    private final @Nullable HostMemory[] halves = new HostMemory[2];
    private final long[] left = new long[2];
    private long capacity = SMALLEST;
    private long used;
    private int half;

    /**
     * @param queue the driver's handle of the in-order queue whose bytes these are
     * @param memory makes memory of so many bytes
     */
    Staging(OpenCl cl, long queue, LongFunction<HostMemory> memory) {
        this.cl = cl;
        this.queue = queue;
        this.memory = memory;
    }

    /**
     * Room for some bytes, at most {@link #LARGEST}, until the commands sent after this have run.
     *
     * @throws thimble.backend.BackendException if the driver fails
     */
    MemorySegment room(long size) {
        if (size > capacity) {
            close();
            capacity = Math.min(LARGEST, Long.highestOneBit(size - 1) << 1);
        } else if (used + size > capacity) {
            left[half] = mark();
            half = 1 - half;
            await(half);
            used = 0;
        }
        HostMemory here = halves[half];
        if (here == null) {
            here = memory.apply(capacity);
            halves[half] = here;
        }
        MemorySegment room = here.segment().asSlice(used, size);
        used = Math.ceilDiv(used + size, ALIGNMENT) * ALIGNMENT;
        return room;
    }

    /** All commands have run, so everything is free. */
    void empty() {
        for (int i = 0; i < left.length; i++) {
            release(i);
        }
        used = 0;
    }

    /** An event that comes when all commands sent so far have run. */
    private long mark() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment event = arena.allocate(ValueLayout.JAVA_LONG);
            Calls.check("clEnqueueMarkerWithWaitList", () ->
                    (int) cl.enqueueMarkerWithWaitList.invokeExact(queue, 0, MemorySegment.NULL, event));
            Calls.check("clFlush", () -> (int) cl.flush.invokeExact(queue));
            return event.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    private void await(int which) {
        if (left[which] != 0) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment events = arena.allocateFrom(ValueLayout.JAVA_LONG, left[which]);
                Calls.check("clWaitForEvents", () -> (int) cl.waitForEvents.invokeExact(1, events));
            } finally {
                release(which);
            }
        }
    }

    private void release(int which) {
        long event = left[which];
        if (event != 0) {
            left[which] = 0;
            Calls.check("clReleaseEvent", () -> (int) cl.releaseEvent.invokeExact(event));
        }
    }

    /** Waits for all commands and gives the memory back. */
    @Override
    public void close() {
        try {
            Calls.check("clFinish", () -> (int) cl.finish.invokeExact(queue));
        } finally {
            empty();
            for (int i = 0; i < halves.length; i++) {
                HostMemory one = halves[i];
                halves[i] = null;
                if (one != null) {
                    one.close();
                }
            }
        }
    }
}
