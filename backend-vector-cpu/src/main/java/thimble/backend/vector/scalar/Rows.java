package thimble.backend.vector.scalar;

import java.util.Arrays;

/** The inner loops of scalar contractions: a row plus multiples of other rows, each row an array of its own. */
public final class Rows {
    private Rows() {}

    /** {@code sum[j] = Σᵢ factors[first + i · step] · rows[i][j]}, with i ascending. */
    static void combine(float[] sum, float[] factors, int first, int step, float[][] rows, int count) {
        Arrays.fill(sum, 0);
        accumulate(sum, factors, first, step, rows, count);
    }

    /** As {@link #combine}, added to what is there. */
    static void accumulate(float[] sum, float[] factors, int first, int step, float[][] rows, int count) {
        int i = 0;
        int at = first;
        for (; i + 4 <= count; i += 4) {
            four(
                    sum,
                    factors[at],
                    rows[i],
                    factors[at + step],
                    rows[i + 1],
                    factors[at + 2 * step],
                    rows[i + 2],
                    factors[at + 3 * step],
                    rows[i + 3]);
            at += 4 * step;
        }
        for (; i < count; i++) {
            one(sum, factors[at], rows[i]);
            at += step;
        }
    }

    private static void four(
            float[] sum, float a, float[] x, float b, float[] y, float c, float[] z, float d, float[] w) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] = sum[j] + a * x[j] + b * y[j] + c * z[j] + d * w[j];
        }
    }

    private static void one(float[] sum, float a, float[] x) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += a * x[j];
        }
    }
}
