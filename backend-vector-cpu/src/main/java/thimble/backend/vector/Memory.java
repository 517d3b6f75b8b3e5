package thimble.backend.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import thimble.backend.BackendException;

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

    private final Arena arena = Arena.ofShared();

    /**
     * A zeroed segment of at least one byte.
     *
     * @throws BackendException if the machine or the JVM's limit of direct memory has no room
     */
    MemorySegment allocate(long bytes) {
        return allocate(arena, bytes);
    }

    /** Offsets for kernels, kept alive by their readers alone. */
    static MemorySegment table(int[] values) {
        MemorySegment table = allocate(Arena.ofAuto(), 4L * values.length);
        MemorySegment.copy(values, 0, table, INT, 0, values.length);
        return table;
    }

    /** Working memory of one launch, kept alive by it alone. */
    static MemorySegment scratch(long bytes) {
        return allocate(Arena.ofAuto(), bytes);
    }

    private static MemorySegment allocate(Arena arena, long bytes) {
        try {
            return arena.allocate(Math.max(bytes, 1), ALIGNMENT);
        } catch (OutOfMemoryError e) {
            throw new BackendException(
                    "[memory] expected " + bytes
                            + " bytes outside the heap but received none; raise -XX:MaxDirectMemorySize",
                    e);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
