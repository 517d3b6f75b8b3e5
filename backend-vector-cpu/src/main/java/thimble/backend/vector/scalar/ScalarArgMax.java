package thimble.backend.vector.scalar;

import thimble.backend.vector.memory.Values;
import thimble.tensor.Shape;

/** First index of the largest element, or of the first NaN, along one axis. */
final class ScalarArgMax {
    private ScalarArgMax() {}

    static Runnable of(Shape from, int axis, Values in, int[] out) {
        int stride = from.strides()[axis];
        int size = from.size(axis);
        boolean floats = in.floats().length > 0;
        return () -> {
            for (int i = 0; i < out.length; i++) {
                int first = i / stride * stride * size + i % stride;
                out[i] = floats ? largest(in.floats(), first, stride, size) : largest(in.ints(), first, stride, size);
            }
        };
    }

    private static int largest(float[] values, int first, int stride, int size) {
        int best = 0;
        for (int k = 1; k < size; k++) {
            best = above(values[first + k * stride], values[first + best * stride]) ? k : best;
        }
        return best;
    }

    private static boolean above(float x, float best) {
        return x > best || Float.isNaN(x) && !Float.isNaN(best);
    }

    private static int largest(int[] values, int first, int stride, int size) {
        int best = 0;
        for (int k = 1; k < size; k++) {
            best = values[first + k * stride] > values[first + best * stride] ? k : best;
        }
        return best;
    }
}
