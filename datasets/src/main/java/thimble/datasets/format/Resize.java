package thimble.datasets.format;

import java.util.Arrays;

/**
 * Bilinear resizing with the triangle filter widened where the picture shrinks, so that every source pixel counts (area averaging); rows and
 * columns one after the other.
 */
final class Resize {
    private Resize() {}

    /** A plane [height, width] of bytes resized to another size. */
    static byte[] plane(byte[] source, Size from, Size to) {
        if (from.equals(to)) {
            return source.clone();
        }
        Taps across = Taps.of(from.width(), to.width());
        Taps down = Taps.of(from.height(), to.height());
        float[] narrow = new float[from.height() * to.width()];
        for (int y = 0; y < from.height(); y++) {
            for (int x = 0; x < to.width(); x++) {
                float sum = 0;
                float[] weights = across.weights[x];
                for (int t = 0; t < weights.length; t++) {
                    sum += weights[t] * (source[y * from.width() + across.first[x] + t] & 0xff);
                }
                narrow[y * to.width() + x] = sum;
            }
        }
        byte[] result = new byte[to.height() * to.width()];
        for (int y = 0; y < to.height(); y++) {
            float[] weights = down.weights[y];
            float[] row = new float[to.width()];
            for (int t = 0; t < weights.length; t++) {
                int start = (down.first[y] + t) * to.width();
                for (int x = 0; x < row.length; x++) {
                    row[x] += weights[t] * narrow[start + x];
                }
            }
            for (int x = 0; x < row.length; x++) {
                result[y * to.width() + x] = (byte) Math.clamp((long) (row[x] + 0.5f), 0, 255);
            }
        }
        return result;
    }

    /** Source positions and weights of each position along one axis. */
    private static final class Taps {
        private final int[] first;
        private final float[][] weights;

        private Taps(int size) {
            this.first = new int[size];
            this.weights = new float[size][];
        }

        static Taps of(int from, int to) {
            Taps taps = new Taps(to);
            double scale = (double) from / to;
            double reach = Math.max(1, scale);
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * scale;
                int first = Math.max(0, (int) Math.floor(centre - reach));
                int last = Math.min(from, (int) Math.ceil(centre + reach));
                double[] weights = new double[last - first];
                for (int s = first; s < last; s++) {
                    weights[s - first] = Math.max(0, 1 - Math.abs(s + 0.5 - centre) / reach);
                }
                double sum = Arrays.stream(weights).sum();
                taps.first[i] = first;
                taps.weights[i] = new float[weights.length];
                for (int t = 0; t < weights.length; t++) {
                    taps.weights[i][t] = (float) (weights[t] / sum);
                }
            }
            return taps;
        }
    }
}
