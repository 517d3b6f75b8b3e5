package thimble.backend.vector.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import thimble.backend.BackendException;
import thimble.backend.MemoryLimit;
import thimble.tensor.Tensor;

/**
 * Native memory with one owner: zeroed segments at addresses that are multiples of 64, all freed by {@link #close},
 * usable by every thread.
 *
 * <p>An operand of a kernel is a {@link MemorySegment} whose byte 0 is the tensor's first byte; offsets inside it are
 * bytes. Where the JVM was started with {@code --enable-native-access} for this module, generated kernels reach memory by
 * address, through one constant segment over all of it: each access compiles to one instruction instead of a check of
 * bounds and of the owner, and to so little code that taller tiles compile (94 % of the multiply-adds of the processor
 * instead of 79). What they may touch is checked once, when operands are bound, and memory is not freed in a run.
 * Elsewhere they use the segments. The compiler has to know a segment's class, so a kernel begins by {@code
 * (MemorySegment) Memory.NATIVE.cast(operand)}; without it the speed hangs on the profile of the JDK's own methods,
 * which any other user of heap segments in the same JVM spoils (108 instead of 222 GFLOP/s).
 */
public final class Memory implements AutoCloseable {
    /** Alignment of every allocation in bytes: one cache line, one 512-bit vector. */
    public static final int ALIGNMENT = 64;

    /** Elements at any byte offset, in the machine's order. */
    public static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    /** Elements at any byte offset, in the machine's order. */
    public static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    /** Class of native segments: kernels cast their operands to it so that all checks compile to a compare. */
    public static final Class<?> NATIVE = Arena.global().allocate(1).getClass();

    /** Whether generated kernels reach memory by address; the system property {@code thimble.vector.checked=true} forbids it. */
    public static final boolean OPEN =
            Memory.class.getModule().isNativeAccessEnabled() && !Boolean.getBoolean("thimble.vector.checked");

    /** All addresses if {@link #OPEN}. */
    @SuppressWarnings("restricted")
    public static final MemorySegment ALL = OPEN ? MemorySegment.NULL.reinterpret(Long.MAX_VALUE) : MemorySegment.NULL;

    /**
     * Bits of a {@link #place}: masking by them tells the compiler that a place is neither negative nor near the largest number, so that
     * it is not checked against the bounds of all memory.
     */
    public static final long PLACES = (1L << 56) - 1;

    /** Bytes up to which asking the machine costs more than it can tell. */
    private static final long SMALL = 1L << 30;

    private static final int CLOSED = -1;

    private final Arena arena = Arena.ofShared();
    private final AtomicInteger runs = new AtomicInteger();

    /**
     * A zeroed segment of at least one byte.
     *
     * @throws BackendException if the machine or the JVM's limit of direct memory has no room
     */
    public MemorySegment allocate(long bytes) {
        return allocate(arena, bytes, List.of());
    }

    /** As {@link #allocate(long)}; the text of a failure names the largest of these tensors. */
    public MemorySegment allocate(long bytes, Collection<Tensor> tensors) {
        return allocate(arena, Math.max(bytes, ALIGNMENT), tensors);
    }

    /** Where a kernel finds byte {@code offset} of a segment: its address if {@link #OPEN}, or else the offset. */
    public static long place(MemorySegment segment, long offset) {
        return OPEN ? segment.address() + offset : offset;
    }

    /** The segment that {@link #place} counts from, its class known to the compiler. */
    public static MemorySegment exact(MemorySegment segment) {
        return OPEN ? ALL : (MemorySegment) NATIVE.cast(segment);
    }

    /** Whether it was not closed. */
    boolean open() {
        return runs.get() != CLOSED;
    }

    /** Keeps it from being freed until {@link #release}; false if it is closed. */
    public boolean acquire() {
        int before = runs.get();
        while (before != CLOSED && !runs.compareAndSet(before, before + 1)) {
            before = runs.get();
        }
        return before != CLOSED;
    }

    /** Ends what {@link #acquire} began. */
    public void release() {
        runs.decrementAndGet();
    }

    /** Offsets for kernels, kept alive by their readers alone. */
    public static MemorySegment table(int[] values) {
        MemorySegment table = allocate(Arena.ofAuto(), 4L * values.length, List.of());
        MemorySegment.copy(values, 0, table, INT, 0, values.length);
        return table;
    }

    /** Working memory of one launch, kept alive by it alone. */
    public static MemorySegment scratch(long bytes) {
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

    /**
     * Frees it; a second time does nothing.
     *
     * @throws IllegalStateException if a run or a feed uses it
     */
    @Override
    public void close() {
        if (runs.compareAndSet(0, CLOSED)) {
            arena.close();
        } else if (open()) {
            throw new IllegalStateException(
                    "[memory] expected no run or feed in progress while it is closed but received one");
        }
    }
}
