package thimble.backend.vector.scalar;

import java.util.Arrays;

/**
 * Four inner products at once, of two values with two others that each lie in many rows: rows are multiplied and added element by element,
 * and only the sums along the row.
 */
final class RowProducts {
    private final float[][] sums;
    private final float[] zeros;

    RowProducts(int length) {
        sums = new float[4][length];
        zeros = new float[length];
    }

    /** Takes {@code count} rows of each, two at a time; an odd last one goes with zeros. */
    void multiply(float[][] a, float[][] b, float[][] c, float[][] d, int count) {
        for (float[] sum : sums) {
            Arrays.fill(sum, 0);
        }
        int i = 0;
        for (; i + 2 <= count; i += 2) {
            two(sums, a[i], b[i], c[i], d[i], a[i + 1], b[i + 1], c[i + 1], d[i + 1]);
        }
        if (i < count) {
            two(sums, a[i], b[i], c[i], d[i], zeros, zeros, zeros, zeros);
        }
    }

    /** The product of a (0) or b (1) with c (0) or d (1). */
    float total(int left, int right) {
        float[] sum = sums[2 * right + left];
        return Rows.total(sum, 0, sum.length);
    }

    private static void two(
            float[][] sums,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float[] nextA,
            float[] nextB,
            float[] nextC,
            float[] nextD) {
        float[] ac = sums[0];
        float[] bc = sums[1];
        float[] ad = sums[2];
        float[] bd = sums[3];
        for (int j = 0; j < ac.length; j++) {
            float e = a[j];
            float f = b[j];
            float g = c[j];
            float h = d[j];
            float k = nextA[j];
            float l = nextB[j];
            float m = nextC[j];
            float n = nextD[j];
            ac[j] = MultiplyAdd.of(k, m, MultiplyAdd.of(e, g, ac[j]));
            bc[j] = MultiplyAdd.of(l, m, MultiplyAdd.of(f, g, bc[j]));
            ad[j] = MultiplyAdd.of(k, n, MultiplyAdd.of(e, h, ad[j]));
            bd[j] = MultiplyAdd.of(l, n, MultiplyAdd.of(f, h, bd[j]));
        }
    }
}
