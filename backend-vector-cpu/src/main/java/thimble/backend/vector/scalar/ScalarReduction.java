package thimble.backend.vector.scalar;

import java.util.Arrays;
import java.util.stream.IntStream;
import thimble.tensor.Op;
import thimble.tensor.Shape;

/**
 * Sum or maximum over some axes. Where many neighbours are combined, run by run; elsewhere every result meets one element after another, some
 * results at a time.
 */
final class ScalarReduction implements Runnable {
    /** Neighbours worth a loop of their own. */
    private static final int LONG = 8;

    /** Results that stay in the cache. */
    private static final int BLOCK = 2048;

    private final boolean sum;
    private final float[] in;
    private final float[] out;
    private final int[] kept;
    private final int[] reduced;
    private final int run;

    ScalarReduction(Op.ReduceKind kind, Shape from, Shape to, float[] in, float[] out) {
        this.sum = kind == Op.ReduceKind.SUM;
        this.in = in;
        this.out = out;
        int[] strides = from.strides();
        int[] gone = IntStream.range(0, from.rank())
                .filter(axis -> from.size(axis) != to.size(axis))
                .toArray();
        int neighbours = 1;
        int runs = gone.length;
        while (runs > 0 && strides[gone[runs - 1]] == neighbours) {
            runs--;
            neighbours *= from.size(gone[runs]);
        }
        this.run = neighbours < LONG ? 1 : neighbours;
        int[] rest = run == 1 ? gone : Arrays.copyOf(gone, runs);
        int[] sizes = to.toArray();
        this.kept = places(sizes, strides);
        Arrays.fill(sizes, 1);
        Arrays.stream(rest).forEach(axis -> sizes[axis] = from.size(axis));
        this.reduced = places(sizes, strides);
    }

    private static int[] places(int[] sizes, int[] strides) {
        int[] places = {0};
        for (int axis = 0; axis < sizes.length; axis++) {
            int[] before = places;
            int size = sizes[axis];
            places = new int[before.length * size];
            for (int i = 0; i < places.length; i++) {
                places[i] = before[i / size] + i % size * strides[axis];
            }
        }
        return places;
    }

    @Override
    public void run() {
        Arrays.fill(out, sum ? 0 : Float.NEGATIVE_INFINITY);
        if (run > 1) {
            runs();
            return;
        }
        for (int first = 0; first < out.length; first += BLOCK) {
            int end = Math.min(first + BLOCK, out.length);
            int i = 0;
            for (; i + 4 <= reduced.length; i += 4) {
                if (sum) {
                    add(in, kept, reduced, i, out, first, end);
                } else {
                    raise(in, kept, reduced, i, out, first, end);
                }
            }
            for (; i < reduced.length; i++) {
                if (sum) {
                    addOne(in, kept, reduced[i], out, first, end);
                } else {
                    raiseOne(in, kept, reduced[i], out, first, end);
                }
            }
        }
    }

    private void runs() {
        for (int o = 0; o < out.length; o++) {
            float result = out[o];
            for (int place : reduced) {
                int first = kept[o] + place;
                result = sum ? result + Rows.total(in, first, run) : Math.max(result, largest(in, first, run));
            }
            out[o] = result;
        }
    }

    private static float largest(float[] in, int first, int count) {
        float largest = in[first];
        for (int i = first + 1; i < first + count; i++) {
            largest = Math.max(largest, in[i]);
        }
        return largest;
    }

    private static void add(float[] in, int[] kept, int[] reduced, int i, float[] out, int first, int end) {
        int a = reduced[i];
        int b = reduced[i + 1];
        int c = reduced[i + 2];
        int d = reduced[i + 3];
        for (int o = first; o < end; o++) {
            int at = kept[o];
            out[o] += (in[at + a] + in[at + b]) + (in[at + c] + in[at + d]);
        }
    }

    private static void raise(float[] in, int[] kept, int[] reduced, int i, float[] out, int first, int end) {
        int a = reduced[i];
        int b = reduced[i + 1];
        int c = reduced[i + 2];
        int d = reduced[i + 3];
        for (int o = first; o < end; o++) {
            int at = kept[o];
            float largest = Math.max(Math.max(in[at + a], in[at + b]), Math.max(in[at + c], in[at + d]));
            out[o] = Math.max(out[o], largest);
        }
    }

    private static void addOne(float[] in, int[] kept, int place, float[] out, int first, int end) {
        for (int o = first; o < end; o++) {
            out[o] += in[kept[o] + place];
        }
    }

    private static void raiseOne(float[] in, int[] kept, int place, float[] out, int first, int end) {
        for (int o = first; o < end; o++) {
            out[o] = Math.max(out[o], in[kept[o] + place]);
        }
    }
}
