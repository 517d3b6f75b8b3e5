package thimble.benchmarks.anchors;

import java.util.Arrays;
import thimble.data.Dataset;

/**
 * Training examples by feature: each number replaced by its rank among the distinct numbers of its feature, so that splits compare integers.
 *
 * @param ranks rank by feature and example
 * @param values distinct numbers by feature, ascending; missing ones (NaN) last
 * @param targets target row by example
 */
record Columns(char[][] ranks, float[][] values, float[][] targets) {
    private static final int MOST = Character.MAX_VALUE;

    static Columns of(Dataset train) {
        int features = Math.toIntExact(train.example().elements());
        float[][] columns = new float[features][train.size()];
        float[][] targets = new float[train.size()][train.targets().width()];
        float[] row = new float[features];
        for (int i = 0; i < train.size(); i++) {
            train.read(i, 0, row, 0);
            train.target(i, 0, targets[i], 0);
            for (int f = 0; f < features; f++) {
                columns[f][i] = row[f] == 0 ? 0 : row[f];
            }
        }
        char[][] ranks = new char[features][];
        float[][] values = new float[features][];
        for (int f = 0; f < features; f++) {
            values[f] = distinct(columns[f]);
            ranks[f] = ranks(columns[f], values[f]);
        }
        return new Columns(ranks, values, targets);
    }

    /** Between the numbers of a rank and the next: an example goes left if its number is not above. */
    float threshold(int feature, int rank) {
        float low = values[feature][rank];
        float high = values[feature][rank + 1];
        float middle = low + (high - low) / 2;
        return Float.isFinite(middle) && middle < high ? middle : low;
    }

    private static float[] distinct(float[] column) {
        float[] sorted = column.clone();
        Arrays.sort(sorted);
        int count = 0;
        for (float value : sorted) {
            if (count == 0 || Float.compare(sorted[count - 1], value) != 0) {
                sorted[count++] = value;
            }
        }
        if (count <= MOST) {
            return Arrays.copyOf(sorted, count);
        }
        float[] thinned = new float[MOST];
        for (int i = 0; i < MOST; i++) {
            thinned[i] = sorted[(int) ((long) i * (count - 1) / (MOST - 1))];
        }
        return thinned;
    }

    private static char[] ranks(float[] column, float[] values) {
        char[] ranks = new char[column.length];
        for (int i = 0; i < column.length; i++) {
            int at = Arrays.binarySearch(values, column[i]);
            ranks[i] = (char) (at >= 0 ? at : Math.min(-at - 1, values.length - 1));
        }
        return ranks;
    }
}
