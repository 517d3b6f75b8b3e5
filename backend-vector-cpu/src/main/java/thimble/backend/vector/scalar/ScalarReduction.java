package thimble.backend.vector.scalar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import thimble.backend.vector.memory.Values;
import thimble.tensor.DType;
import thimble.tensor.Op;
import thimble.tensor.Shape;

/** Sum or maximum over some axes. Neighbouring elements are added in 16 partial sums and a fixed tree. */
final class ScalarReduction implements Runnable {
    private static final int GROUP = 16;

    private final boolean sum;
    private final int[] sizes;
    private final boolean[] reduced;
    private final int[] inner;
    private final float[] in;
    private final float[] out;
    private final float[] lanes = new float[GROUP];
    private final int[] outInner;

    ScalarReduction(Op.ReduceKind kind, Shape from, Shape to, float[] in, float[] out) {
        this.sum = kind == Op.ReduceKind.SUM;
        this.in = in;
        this.out = out;
        List<Integer> runs = new ArrayList<>();
        List<Boolean> kinds = new ArrayList<>();
        for (int axis = 0; axis < from.rank(); axis++) {
            int size = from.size(axis);
            boolean gone = size != to.size(axis);
            if (size == 1) {
                continue;
            }
            if (!runs.isEmpty() && kinds.getLast() == gone) {
                runs.set(runs.size() - 1, runs.getLast() * size);
            } else {
                runs.add(size);
                kinds.add(gone);
            }
        }
        if (runs.isEmpty()) {
            runs.add(1);
            kinds.add(false);
        }
        int rank = runs.size();
        sizes = runs.stream().mapToInt(Integer::intValue).toArray();
        reduced = new boolean[rank];
        inner = new int[rank];
        outInner = new int[rank];
        int stride = 1;
        int outStride = 1;
        for (int i = rank - 1; i >= 0; i--) {
            reduced[i] = kinds.get(i);
            inner[i] = stride;
            outInner[i] = reduced[i] ? 0 : outStride;
            stride *= sizes[i];
            outStride *= reduced[i] ? 1 : sizes[i];
        }
    }

    @Override
    public void run() {
        Arrays.fill(out, sum ? 0 : Float.NEGATIVE_INFINITY);
        over(0, 0, 0);
    }

    private void over(int axis, int i, int o) {
        int size = sizes[axis];
        if (axis < sizes.length - 1) {
            for (int k = 0; k < size; k++) {
                over(axis + 1, i + k * inner[axis], o + k * outInner[axis]);
            }
        } else if (!reduced[axis]) {
            for (int k = 0; k < size; k++) {
                out[o + k] = sum ? out[o + k] + in[i + k] : larger(out[o + k], in[i + k]);
            }
        } else if (sum) {
            out[o] += total(i, size);
        } else {
            float largest = out[o];
            for (int k = 0; k < size; k++) {
                largest = larger(largest, in[i + k]);
            }
            out[o] = largest;
        }
    }

    private static float larger(float a, float b) {
        return a <= b ? b : a;
    }

    private float total(int first, int size) {
        Arrays.fill(lanes, 0);
        int whole = size / GROUP * GROUP;
        for (int k = 0; k < whole; k += GROUP) {
            for (int lane = 0; lane < GROUP; lane++) {
                lanes[lane] += in[first + k + lane];
            }
        }
        for (int k = whole; k < size; k++) {
            lanes[k - whole] += in[first + k];
        }
        for (int half = GROUP / 2; half > 0; half /= 2) {
            for (int lane = 0; lane < half; lane++) {
                lanes[lane] += lanes[lane + half];
            }
        }
        return lanes[0];
    }

    /** First index of the largest element along one axis. */
    static Runnable argMax(Shape from, int axis, Values in, int[] out) {
        int stride = from.strides()[axis];
        int size = from.size(axis);
        DType dtype = in.floats().length > 0 ? DType.FLOAT32 : DType.INT32;
        return () -> {
            for (int i = 0; i < out.length; i++) {
                int base = i / stride * stride * size + i % stride;
                int best = 0;
                for (int k = 1; k < size; k++) {
                    int here = base + k * stride;
                    int there = base + best * stride;
                    boolean larger = dtype == DType.FLOAT32
                            ? in.floats()[here] > in.floats()[there]
                            : in.ints()[here] > in.ints()[there];
                    best = larger ? k : best;
                }
                out[i] = best;
            }
        };
    }
}
