package thimble.backend.vector.scalar;

import java.util.Arrays;

/**
 * The inner loops of scalar contractions: sums of multiples of rows. Every row is an array of its own, and all are read and written at one
 * index, because the compiler vectorises only such loops. Four sums share each row that is loaded.
 */
final class Rows {
    /** Rows that one loop reads, and sums that it writes. */
    static final int BLOCK = 4;

    private Rows() {}

    /** {@code sums[s][j] = Σᵢ factors[first + s · across + i · along] · rows[i][j]} for {@code outputs} sums, with i ascending. */
    static void combine(
            float[][] sums, int outputs, float[] factors, int first, int across, int along, float[][] rows, int count) {
        for (int s = 0; s < outputs; s++) {
            Arrays.fill(sums[s], 0);
        }
        accumulate(sums, outputs, factors, first, across, along, rows, count);
    }

    /** As {@link #combine}, added to what is there. */
    static void accumulate(
            float[][] sums, int outputs, float[] factors, int first, int across, int along, float[][] rows, int count) {
        int blocks = outputs / BLOCK * BLOCK;
        int whole = count / BLOCK * BLOCK;
        for (int s = 0; s < outputs; s += s < blocks ? BLOCK : 1) {
            for (int i = 0; i < whole; i += BLOCK) {
                int at = first + s * across + i * along;
                if (s < blocks) {
                    sixteen(sums, s, rows, i, factors, at, across, along);
                } else {
                    four(sums[s], rows, i, factors, at, along);
                }
            }
        }
        for (int s = 0; s < outputs; s++) {
            for (int i = whole; i < count; i++) {
                one(sums[s], factors[first + s * across + i * along], rows[i]);
            }
        }
    }

    private static void sixteen(
            float[][] sums, int output, float[][] rows, int row, float[] factors, int first, int across, int along) {
        float[] s = sums[output];
        float[] t = sums[output + 1];
        float[] u = sums[output + 2];
        float[] v = sums[output + 3];
        float[] w = rows[row];
        float[] x = rows[row + 1];
        float[] y = rows[row + 2];
        float[] z = rows[row + 3];
        int at = first;
        float sw = factors[at];
        float sx = factors[at + along];
        float sy = factors[at + 2 * along];
        float sz = factors[at + 3 * along];
        at += across;
        float tw = factors[at];
        float tx = factors[at + along];
        float ty = factors[at + 2 * along];
        float tz = factors[at + 3 * along];
        at += across;
        float uw = factors[at];
        float ux = factors[at + along];
        float uy = factors[at + 2 * along];
        float uz = factors[at + 3 * along];
        at += across;
        float vw = factors[at];
        float vx = factors[at + along];
        float vy = factors[at + 2 * along];
        float vz = factors[at + 3 * along];
        for (int j = 0; j < s.length; j++) {
            float a = w[j];
            float b = x[j];
            float c = y[j];
            float d = z[j];
            s[j] = MultiplyAdd.of(sz, d, MultiplyAdd.of(sy, c, MultiplyAdd.of(sx, b, MultiplyAdd.of(sw, a, s[j]))));
            t[j] = MultiplyAdd.of(tz, d, MultiplyAdd.of(ty, c, MultiplyAdd.of(tx, b, MultiplyAdd.of(tw, a, t[j]))));
            u[j] = MultiplyAdd.of(uz, d, MultiplyAdd.of(uy, c, MultiplyAdd.of(ux, b, MultiplyAdd.of(uw, a, u[j]))));
            v[j] = MultiplyAdd.of(vz, d, MultiplyAdd.of(vy, c, MultiplyAdd.of(vx, b, MultiplyAdd.of(vw, a, v[j]))));
        }
    }

    private static void four(float[] sum, float[][] rows, int row, float[] factors, int first, int along) {
        float[] w = rows[row];
        float[] x = rows[row + 1];
        float[] y = rows[row + 2];
        float[] z = rows[row + 3];
        float a = factors[first];
        float b = factors[first + along];
        float c = factors[first + 2 * along];
        float d = factors[first + 3 * along];
        for (int j = 0; j < sum.length; j++) {
            sum[j] = MultiplyAdd.of(
                    d, z[j], MultiplyAdd.of(c, y[j], MultiplyAdd.of(b, x[j], MultiplyAdd.of(a, w[j], sum[j]))));
        }
    }

    private static void one(float[] sum, float a, float[] x) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] = MultiplyAdd.of(a, x[j], sum[j]);
        }
    }

    /** Sum of {@code count} neighbours. */
    static float total(float[] row, int first, int count) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        int end = first + count;
        int j = first;
        for (; j + 8 <= end; j += 8) {
            a += row[j];
            b += row[j + 1];
            c += row[j + 2];
            d += row[j + 3];
            e += row[j + 4];
            f += row[j + 5];
            g += row[j + 6];
            h += row[j + 7];
        }
        for (; j < end; j++) {
            a += row[j];
        }
        return ((a + e) + (c + g)) + ((b + f) + (d + h));
    }
}
