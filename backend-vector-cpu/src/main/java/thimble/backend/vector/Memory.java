package thimble.backend.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collection;
import java.util.List;
import thimble.backend.BackendException;
import thimble.backend.MemoryLimit;
import thimble.tensor.Tensor;

/**
 * Native memory with one owner: zeroed segments at addresses that are multiples of 64, all freed by {@link #close},
 * usable by every thread.
 *
 * <p>An operand of a kernel is a {@link MemorySegment} whose byte 0 is the tensor's first byte; offsets inside it are
 * bytes. No absolute address exists, because a segment over all addresses needs a restricted method, hence a flag or a
 * warning. A segment passed as an argument is as fast as a constant one (221 and 222 GFLOP/s of the same product
 * kernel), if the compiler knows its class: a kernel begins by {@code (MemorySegment) Memory.NATIVE.cast(operand)}.
 * Without that cast the speed hangs on the profile of the JDK's own methods, which any other user of heap segments in
 * the same JVM spoils (108 instead of 222).
 */
final class Memory implements AutoCloseable {
    /** Alignment of every allocation in bytes: one cache line, one 512-bit vector. */
    static final int ALIGNMENT = 64;

    /** Elements at any byte offset, in the machine's order. */
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    /** Elements at any byte offset, in the machine's order. */
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    /** Class of native segments: kernels cast their operands to it so that all checks compile to a compare. */
    static final Class<?> NATIVE = Arena.global().allocate(1).getClass();

    /** Bytes up to which asking the machine costs more than it can tell. */
    private static final long SMALL = 1L << 30;

    private final Arena arena = Arena.ofShared();

    /**
     * A zeroed segment of at least one byte.
     *
     * @throws BackendException if the machine or the JVM's limit of direct memory has no room
     */
    MemorySegment allocate(long bytes) {
        return allocate(arena, bytes, List.of());
    }

    /** As {@link #allocate(long)}; the text of a failure names the largest of these tensors. */
    MemorySegment allocate(long bytes, Collection<Tensor> tensors) {
        return allocate(arena, Math.max(bytes, ALIGNMENT), tensors);
    }

    /** Whether it was not closed. */
    boolean open() {
        return arena.scope().isAlive();
    }

    /** Offsets for kernels, kept alive by their readers alone. */
    static MemorySegment table(int[] values) {
        MemorySegment table = allocate(Arena.ofAuto(), 4L * values.length, List.of());
        MemorySegment.copy(values, 0, table, INT, 0, values.length);
        return table;
    }

    /** Working memory of one launch, kept alive by it alone. */
    static MemorySegment scratch(long bytes) {
        return allocate(Arena.ofAuto(), bytes, List.of());
    }

    private static MemorySegment allocate(Arena arena, long bytes, Collection<Tensor> tensors) {
        if (bytes > SMALL && bytes > MachineMemory.total()) {
            throw new BackendException("[memory] expected at most %,d bytes, which the machine has, but %s are wanted"
                    .formatted(MachineMemory.total(), MemoryLimit.wanted(bytes, tensors)));
        }
        try {
            return arena.allocate(Math.max(bytes, 1), ALIGNMENT);
        } catch (OutOfMemoryError e) {
            throw new BackendException(
                    "[memory] expected " + MemoryLimit.wanted(bytes, tensors) + ", outside the heap but received none",
                    e);
        }
    }

    @Override
    public void close() {
        if (open()) {
            arena.close();
        }
    }
}
