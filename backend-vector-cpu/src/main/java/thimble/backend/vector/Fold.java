package thimble.backend.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Sums of 16 virtual lanes in one fixed tree: i with i + 8, then 4, 2, 1. The JDK's own lane reduction gives other bits before and
 * after compilation, so it is never used.
 */
final class Fold {
    private static final VectorShuffle<Float> BY_8 = shift(8);
    private static final VectorShuffle<Float> BY_4 = shift(4);
    private static final VectorShuffle<Float> BY_2 = shift(2);
    private static final VectorShuffle<Float> BY_1 = shift(1);
    private static final int QUARTER = 16;

    private Fold() {}

    /**
     * Element e of the result is the sum over the lanes of the sum of {@code n} groups of 16 floats, in order, at
     * {@code from + e · step + i · groupStep}. All steps are bytes; results lie side by side.
     */
    static void sums(
            MemorySegment partials, long from, int elements, long step, int n, long groupStep, MemorySegment result, long into) {
        MemorySegment source = (MemorySegment) Memory.NATIVE.cast(partials);
        for (int e = 0; e < elements; e++) {
            result.set(Memory.FLOAT, into + 4L * e, sum(source, from + e * step, n, groupStep));
        }
    }

    /**
     * Element e of the result, at {@code into + e · step}, is the sum over the lanes of two groups of 16 floats at {@code first + 64 e} and
     * {@code second + 64 e}; of the second only the first {@code tail} lanes count. All steps are bytes.
     */
    static void spread(
            MemorySegment partials, long first, long second, int tail, int elements, MemorySegment result, long into, long step) {
        MemorySegment source = (MemorySegment) Memory.NATIVE.cast(partials);
        for (int e = 0; e < elements; e++) {
            long at = 64L * e;
            float value = tail == 0 ? sum(source, first + at, 1, 0) : tailed(source, first + at, second + at, tail);
            result.set(Memory.FLOAT, into + e * step, value);
        }
    }

    private static float sum(MemorySegment source, long from, int n, long groupStep) {
        FloatVector zero = FloatVector.zero(Species.FLOATS);
        if (Species.LANES == 16) {
            FloatVector a = zero;
            for (int i = 0; i < n; i++) {
                a = load(source, from + i * groupStep).add(a);
            }
            return tree16(zero.add(a));
        }
        if (Species.LANES == 8) {
            FloatVector a = zero;
            FloatVector b = zero;
            for (int i = 0; i < n; i++) {
                a = load(source, from + i * groupStep).add(a);
                b = load(source, from + i * groupStep + 2 * QUARTER).add(b);
            }
            return tree8(zero.add(a).add(b));
        }
        FloatVector a = zero;
        FloatVector b = zero;
        FloatVector c = zero;
        FloatVector d = zero;
        for (int i = 0; i < n; i++) {
            long at = from + i * groupStep;
            a = load(source, at).add(a);
            b = load(source, at + QUARTER).add(b);
            c = load(source, at + 2 * QUARTER).add(c);
            d = load(source, at + 3 * QUARTER).add(d);
        }
        return tree4(zero.add(a).add(c).add(zero.add(b).add(d)));
    }

    private static float tailed(MemorySegment source, long first, long second, int tail) {
        FloatVector zero = FloatVector.zero(Species.FLOATS);
        if (Species.LANES == 16) {
            return tree16(load(source, first).add(cut(source, second, 0, tail)));
        }
        if (Species.LANES == 8) {
            FloatVector low = load(source, first).add(cut(source, second, 0, tail));
            return tree8(low.add(load(source, first + 2 * QUARTER).add(cut(source, second, 8, tail))));
        }
        FloatVector a = load(source, first).add(cut(source, second, 0, tail));
        FloatVector b = load(source, first + QUARTER).add(cut(source, second, 4, tail));
        FloatVector c = load(source, first + 2 * QUARTER).add(cut(source, second, 8, tail));
        FloatVector d = load(source, first + 3 * QUARTER).add(cut(source, second, 12, tail));
        return tree4(zero.add(a).add(c).add(zero.add(b).add(d)));
    }

    private static FloatVector load(MemorySegment source, long at) {
        return FloatVector.fromMemorySegment(Species.FLOATS, source, at, Species.ORDER);
    }

    private static FloatVector cut(MemorySegment source, long at, int lane, int tail) {
        VectorMask<Float> real = Species.FLOATS.indexInRange(lane, tail);
        return FloatVector.zero(Species.FLOATS).blend(load(source, at + 4L * lane), real);
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
