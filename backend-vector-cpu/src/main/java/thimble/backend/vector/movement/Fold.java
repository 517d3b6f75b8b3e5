package thimble.backend.vector.movement;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import thimble.backend.vector.code.Square;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.Species;

/**
 * Sums of 16 virtual lanes in one fixed tree: i with i + 8, then 4, 2, 1. The JDK's own lane reduction gives other
 * bits before and after compilation, so it is never used.
 */
public final class Fold {
    private static final VectorShuffle<Float> BY_8 = shift(8);
    private static final VectorShuffle<Float> BY_4 = shift(4);
    private static final VectorShuffle<Float> BY_2 = shift(2);
    private static final VectorShuffle<Float> BY_1 = shift(1);

    private Fold() {}

    /**
     * Element e of the result is the sum over the lanes of the sum of {@code n} groups of 16 floats, in order, at
     * {@code from + e · step + i · groupStep}. All steps are bytes; results lie side by side.
     */
    public static void sums(
            MemorySegment partials,
            long from,
            int elements,
            long step,
            int n,
            long groupStep,
            MemorySegment result,
            long into) {
        MemorySegment source = (MemorySegment) Memory.NATIVE.cast(partials);
        for (int e = 0; e < elements; e++) {
            result.set(Memory.FLOAT, into + 4L * e, sum(source, from + e * step, n, groupStep, Species.GROUP));
        }
    }

    /** Adds {@code bytes} of numbers at {@code from} to those at {@code into}; all three are multiples of 64. */
    public static void add(MemorySegment sums, long into, long from, long bytes) {
        add(sums, into, 0, from, 0, 1, bytes);
    }

    /** The same for some rows, {@code intoStep} and {@code fromStep} bytes apart. */
    public static void add(
            MemorySegment sums, long into, long intoStep, long from, long fromStep, int rows, long bytes) {
        MemorySegment memory = Memory.exact(sums);
        long target = Memory.place(sums, into);
        long source = Memory.place(sums, from);
        for (int row = 0; row < rows; row++) {
            for (long i = 0; i < bytes; i += Species.BYTES) {
                long at = target + i & Memory.PLACES;
                load(memory, source + i & Memory.PLACES)
                        .add(load(memory, at))
                        .intoMemorySegment(memory, at, Species.ORDER);
            }
            target += intoStep;
            source += fromStep;
        }
    }

    /**
     * Columns of 16 virtual lanes, 64 bytes apart, become numbers side by side at the same place: each the sum over the first {@code lanes}
     * lanes. The number of columns is a multiple of 16.
     */
    public static void columns(MemorySegment sums, long at, long columns, int lanes) {
        MemorySegment memory = (MemorySegment) Memory.NATIVE.cast(sums);
        for (int lane = 0; lane < Species.GROUP && lanes < Species.GROUP; lane += Species.LANES) {
            for (long i = 0; i < columns; i++) {
                long column = at + i * Species.GROUP_BYTES;
                part(memory, column, 1, 0, lane, lanes).intoMemorySegment(memory, column + 4L * lane, Species.ORDER);
            }
        }
        for (long i = 0; i < columns; i += Species.LANES) {
            Square.VECTORS.sum(
                    memory,
                    Memory.place(memory, at + i * Species.GROUP_BYTES),
                    memory,
                    Memory.place(memory, at + i * Float.BYTES));
        }
    }

    private static float sum(MemorySegment source, long from, int n, long groupStep, int lanes) {
        if (Species.LANES == 16) {
            return tree16(part(source, from, n, groupStep, 0, lanes));
        }
        if (Species.LANES == 8) {
            FloatVector low = part(source, from, n, groupStep, 0, lanes);
            return tree8(low.add(part(source, from, n, groupStep, 8, lanes)));
        }
        FloatVector a = part(source, from, n, groupStep, 0, lanes);
        FloatVector b = part(source, from, n, groupStep, 4, lanes);
        FloatVector c = a.add(part(source, from, n, groupStep, 8, lanes));
        FloatVector d = b.add(part(source, from, n, groupStep, 12, lanes));
        return tree4(c.add(d));
    }

    /** The groups' sum in one vector's share of the virtual lanes, 0 from {@code lanes} on. */
    private static FloatVector part(MemorySegment source, long from, int n, long groupStep, int lane, int lanes) {
        FloatVector zero = FloatVector.zero(Species.FLOATS);
        FloatVector sum = zero;
        for (int i = 0; i < n; i++) {
            sum = load(source, from + i * groupStep + 4L * lane).add(sum);
        }
        return zero.blend(sum, Species.FLOATS.indexInRange(lane, lanes));
    }

    private static FloatVector load(MemorySegment source, long at) {
        return FloatVector.fromMemorySegment(Species.FLOATS, source, at, Species.ORDER);
    }

    private static float tree16(FloatVector a) {
        FloatVector b = a.add(a.rearrange(BY_8));
        FloatVector c = b.add(b.rearrange(BY_4));
        FloatVector d = c.add(c.rearrange(BY_2));
        return d.add(d.rearrange(BY_1)).lane(0);
    }

    private static float tree8(FloatVector b) {
        FloatVector c = b.add(b.rearrange(BY_4));
        FloatVector d = c.add(c.rearrange(BY_2));
        return d.add(d.rearrange(BY_1)).lane(0);
    }

    private static float tree4(FloatVector c) {
        FloatVector d = c.add(c.rearrange(BY_2));
        return d.add(d.rearrange(BY_1)).lane(0);
    }

    private static VectorShuffle<Float> shift(int by) {
        return VectorShuffle.fromOp(Species.FLOATS, i -> (i + by) & (Species.LANES - 1));
    }
}
