package thimble.data;

import java.util.Arrays;

/** Scaling of one column of numbers. */
final class Column {
    private Column() {}

    /** For inputs: columns of only 0 and 1 stay, one without any number becomes 0. */
    static Scaling input(float[] values) {
        float[] present = new float[values.length];
        int count = 0;
        boolean binary = true;
        for (float value : values) {
            if (!Float.isNaN(value)) {
                present[count++] = value;
                binary &= value == 0 || value == 1;
            }
        }
        present = Arrays.copyOf(present, count);
        if (count == 0) {
            return new Scaling(0, 0, 0);
        }
        double median = median(present);
        if (binary) {
            return new Scaling(0, 1, median);
        }
        double sum = (values.length - count) * median;
        for (float value : present) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = (values.length - count) * (median - mean) * (median - mean);
        for (float value : present) {
            squares += (value - mean) * (value - mean);
        }
        return new Scaling(mean, factor(squares / values.length, mean), median);
    }

    /** For targets: as inputs, but 0 and 1 are standardised too, and a target that did not vary keeps its scale. */
    static Scaling target(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        double mean = values.length == 0 ? 0 : sum / values.length;
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        double factor = values.length == 0 ? 0 : factor(squares / values.length, mean);
        return new Scaling(mean, factor == 0 ? 1 : factor, mean);
    }

    /** 1 / standard deviation, 0 where the variance is rounding error of the mean. */
    private static double factor(double variance, double mean) {
        double deviation = Math.sqrt(variance);
        double factor = 1 / deviation;
        return deviation <= 1e-7 * Math.abs(mean) || !Double.isFinite(factor) ? 0 : factor;
    }

    private static double median(float[] present) {
        float[] sorted = present.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : ((double) sorted[middle - 1] + sorted[middle]) / 2;
    }
}
