package thimble.benchmarks.anchors;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Grows one tree: each split is the one that lowers Σ‖target − mean‖² most, which for classes is the Gini index.
 *
 * <p>Leo Breiman, Jerome Friedman, Richard Olshen, Charles Stone, "Classification and Regression Trees", 1984, sections 4.3 and 8.4.
 */
final class TreeGrower {
    private static final double LEAST_GAIN = 1e-9;

    private final Columns columns;
    private final int tried;
    private final int depth;
    private final SplittableRandom random;
    private final int[] features;
    private final int outputs;
    private long[] order = new long[0];

    /**
     * A grower.
     *
     * @param tried features to choose each split from, those that do not vary in a node not counted
     * @param depth greatest depth
     */
    TreeGrower(Columns columns, int tried, int depth, SplittableRandom random) {
        this.columns = columns;
        this.tried = tried;
        this.depth = depth;
        this.random = random;
        this.features = new int[columns.ranks().length];
        Arrays.setAll(features, f -> f);
        this.outputs = columns.targets()[0].length;
    }

    /** A tree on these examples, which may repeat. */
    Tree grow(int[] sample) {
        order = new long[sample.length];
        return grow(sample, depth);
    }

    private Tree grow(int[] rows, int left) {
        double[] sums = sums(rows);
        if (left == 0 || rows.length < 2) {
            return leaf(sums, rows.length);
        }
        Choice best = best(rows, sums);
        if (best.gain < LEAST_GAIN * rows.length) {
            return leaf(sums, rows.length);
        }
        char[] ranks = columns.ranks()[best.feature];
        int[] low = Arrays.stream(rows).filter(row -> ranks[row] <= best.rank).toArray();
        int[] high = Arrays.stream(rows).filter(row -> ranks[row] > best.rank).toArray();
        return new Tree.Split(
                best.feature, columns.threshold(best.feature, best.rank), grow(low, left - 1), grow(high, left - 1));
    }

    private record Choice(int feature, int rank, double gain) {}

    private Choice best(int[] rows, double[] sums) {
        Choice best = new Choice(0, 0, 0);
        int varying = 0;
        for (int drawn = 0; drawn < features.length && varying < tried; drawn++) {
            int at = drawn + random.nextInt(features.length - drawn);
            int feature = features[at];
            features[at] = features[drawn];
            features[drawn] = feature;
            if (varies(rows, columns.ranks()[feature])) {
                varying++;
                sort(rows, columns.ranks()[feature], columns.values()[feature].length);
                best = better(best, feature, rows.length, sums);
            }
        }
        return best;
    }

    private static boolean varies(int[] rows, char[] ranks) {
        char first = ranks[rows[0]];
        for (int row : rows) {
            if (ranks[row] != first) {
                return true;
            }
        }
        return false;
    }

    /** Orders examples by rank, then as given: by counting where ranks are few, which they are in pictures. */
    private void sort(int[] rows, char[] ranks, int distinct) {
        if (distinct > 2 * rows.length) {
            for (int i = 0; i < rows.length; i++) {
                order[i] = (long) ranks[rows[i]] << 32 | rows[i];
            }
            Arrays.sort(order, 0, rows.length);
            return;
        }
        int[] place = new int[distinct + 1];
        for (int row : rows) {
            place[ranks[row] + 1]++;
        }
        for (int rank = 0; rank < distinct; rank++) {
            place[rank + 1] += place[rank];
        }
        for (int row : rows) {
            order[place[ranks[row]]++] = (long) ranks[row] << 32 | row;
        }
    }

    /** Walks the examples by rank; the gain of a cut is Σ (low sum)² / low count + Σ (high sum)² / high count − Σ sum² / count. */
    private Choice better(Choice best, int feature, int count, double[] sums) {
        double[] low = new double[outputs];
        double whole = 0;
        for (double sum : sums) {
            whole += sum * sum / count;
        }
        Choice found = best;
        for (int i = 0; i + 1 < count; i++) {
            float[] target = columns.targets()[(int) order[i]];
            for (int o = 0; o < outputs; o++) {
                low[o] += target[o];
            }
            int rank = (int) (order[i] >>> 32);
            if (rank == (int) (order[i + 1] >>> 32)) {
                continue;
            }
            double below = 0;
            double above = 0;
            for (int o = 0; o < outputs; o++) {
                below += low[o] * low[o];
                above += (sums[o] - low[o]) * (sums[o] - low[o]);
            }
            double gain = below / (i + 1) + above / (count - i - 1) - whole;
            if (gain > found.gain) {
                found = new Choice(feature, rank, gain);
            }
        }
        return found;
    }

    private double[] sums(int[] rows) {
        double[] sums = new double[outputs];
        for (int row : rows) {
            for (int o = 0; o < outputs; o++) {
                sums[o] += columns.targets()[row][o];
            }
        }
        return sums;
    }

    private Tree leaf(double[] sums, int count) {
        float[] mean = new float[outputs];
        for (int o = 0; o < outputs; o++) {
            mean[o] = (float) (sums[o] / count);
        }
        return new Tree.Leaf(mean);
    }
}
