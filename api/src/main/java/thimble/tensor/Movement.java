package thimble.tensor;

import java.util.Arrays;
import java.util.List;

/** Float64 meaning of the primitives that move or reduce elements: loops over row-major arrays by strides or by one axis. */
final class Movement {
    /** A row-major array seen from one axis: {@code outer} blocks of {@code size} rows of {@code inner} elements. */
    private record Axis(int outer, int size, int inner) {
        static Axis of(Shape shape, int axis) {
            int inner = shape.strides()[axis];
            return new Axis(shape.elements() / (inner * shape.size(axis)), shape.size(axis), inner);
        }
    }

    /** Visits the last axis of two arrays, given the offset of its first element in both. */
    @FunctionalInterface
    private interface Row {
        void at(int a, int b);
    }

    private Movement() {}

    static double[] iota(Shape shape, int axis) {
        double[] out = new double[shape.elements()];
        Axis at = Axis.of(shape, axis);
        for (int i = 0; i < out.length; i++) {
            out[i] = i / at.inner % at.size;
        }
        return out;
    }

    /** Output element [i, j, …] is input element {@code i·strides[0] + j·strides[1] + …}. */
    static double[] read(double[] a, int[] strides, Shape to) {
        double[] out = new double[to.elements()];
        int last = to.rank() - 1;
        int length = last < 0 ? 1 : to.size(last);
        int step = last < 0 ? 0 : strides[last];
        rows(to, strides, to.strides(), (from, at) -> {
            for (int i = 0; i < length; i++) {
                out[at + i] = a[from + i * step];
            }
        });
        return out;
    }

    static double[] broadcast(double[] a, Shape from, Shape to) {
        return read(a, stretched(from, to), to);
    }

    static double[] transpose(double[] a, Shape from, List<Integer> order) {
        int[] strides = from.strides();
        int[] permuted = order.stream().mapToInt(axis -> strides[axis]).toArray();
        return read(a, permuted, Shape.of(order.stream().mapToInt(from::size).toArray()));
    }

    static double[] reduce(Op.ReduceKind kind, double[] a, Shape from, Shape to) {
        double[] out = new double[to.elements()];
        Arrays.fill(out, kind == Op.ReduceKind.SUM ? 0 : Double.NEGATIVE_INFINITY);
        int[] strides = stretched(to, from);
        int last = from.rank() - 1;
        int length = last < 0 ? 1 : from.size(last);
        int step = last < 0 ? 0 : strides[last];
        rows(from, from.strides(), strides, (at, into) -> {
            for (int i = 0; i < length; i++) {
                double x = a[at + i];
                int o = into + i * step;
                out[o] = kind == Op.ReduceKind.SUM ? out[o] + x : Elementwise.larger(out[o], x);
            }
        });
        return out;
    }

    static double[] argMax(double[] a, Shape from, int axis) {
        Axis at = Axis.of(from, axis);
        double[] out = new double[at.outer * at.inner];
        for (int i = 0; i < out.length; i++) {
            int base = i / at.inner * at.size * at.inner + i % at.inner;
            int best = 0;
            for (int j = 1; j < at.size; j++) {
                best = above(a[base + j * at.inner], a[base + best * at.inner]) ? j : best;
            }
            out[i] = best;
        }
        return out;
    }

    /** True if x is larger than the best so far; NaN is larger than any number. */
    private static boolean above(double x, double best) {
        return best < x || Double.isNaN(x) && !Double.isNaN(best);
    }

    static double[] slice(double[] a, Shape from, int axis, int begin, int end) {
        Axis at = Axis.of(from, axis);
        double[] out = new double[at.outer * (end - begin) * at.inner];
        int block = (end - begin) * at.inner;
        for (int i = 0; i < at.outer; i++) {
            System.arraycopy(a, (i * at.size + begin) * at.inner, out, i * block, block);
        }
        return out;
    }

    /** Writes {@code a} into the rows of {@code out} that begin at {@code begin}. */
    static void place(double[] a, Shape from, int axis, double[] out, int size, int begin) {
        Axis at = Axis.of(from, axis);
        int block = at.size * at.inner;
        for (int i = 0; i < at.outer; i++) {
            System.arraycopy(a, i * block, out, (i * size + begin) * at.inner, block);
        }
    }

    static double[] gather(double[] a, Shape from, int axis, double[] indices) {
        Axis at = Axis.of(from, axis);
        double[] out = new double[at.outer * indices.length * at.inner];
        for (int i = 0; i < at.outer; i++) {
            for (int j = 0; j < indices.length; j++) {
                int row = index("gather", indices[j], at.size);
                System.arraycopy(a, (i * at.size + row) * at.inner, out, (i * indices.length + j) * at.inner, at.inner);
            }
        }
        return out;
    }

    static double[] scatterAdd(double[] g, Shape from, int axis, double[] indices, int size) {
        Axis at = Axis.of(from, axis);
        double[] out = new double[at.outer * size * at.inner];
        for (int i = 0; i < at.outer; i++) {
            for (int j = 0; j < indices.length; j++) {
                int into = (i * size + index("scatter", indices[j], size)) * at.inner;
                int row = (i * indices.length + j) * at.inner;
                for (int k = 0; k < at.inner; k++) {
                    out[into + k] += g[row + k];
                }
            }
        }
        return out;
    }

    private static int index(String name, double index, int size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "[" + name + "] expected an index in 0.." + (size - 1) + " but received " + (long) index);
        }
        return (int) index;
    }

    /** Strides of an array of shape {@code from} that repeats along the axes where {@code to} is larger. */
    private static int[] stretched(Shape from, Shape to) {
        int[] strides = from.strides();
        for (int axis = 0; axis < strides.length; axis++) {
            strides[axis] = from.size(axis) == to.size(axis) ? strides[axis] : 0;
        }
        return strides;
    }

    private static void rows(Shape shape, int[] a, int[] b, Row row) {
        int outer = shape.rank() - 1;
        int[] at = new int[Math.max(outer, 0)];
        int inA = 0;
        int inB = 0;
        while (true) {
            row.at(inA, inB);
            int axis = outer - 1;
            while (axis >= 0 && ++at[axis] == shape.size(axis)) {
                at[axis] = 0;
                inA -= a[axis] * (shape.size(axis) - 1);
                inB -= b[axis] * (shape.size(axis) - 1);
                axis--;
            }
            if (axis < 0) {
                return;
            }
            inA += a[axis];
            inB += b[axis];
        }
    }
}
