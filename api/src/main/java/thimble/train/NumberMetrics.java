package thimble.train;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import thimble.data.Dataset;

/** Metrics of predicted numbers, over all examples and all numbers of a target row; r2 is the mean over the numbers. */
final class NumberMetrics {
    private NumberMetrics() {}

    static SequencedMap<String, Double> of(float[][] scores, Dataset data) {
        int width = data.targets().width();
        float[] row = new float[width];
        double[] squares = new double[width];
        double[] sums = new double[width];
        double[] targetSquares = new double[width];
        double absolute = 0;
        for (int i = 0; i < scores.length; i++) {
            data.target(i, 0, row, 0);
            for (int t = 0; t < width; t++) {
                double error = (double) scores[i][t] - row[t];
                squares[t] += error * error;
                absolute += Math.abs(error);
                sums[t] += row[t];
            }
        }
        for (int i = 0; i < scores.length; i++) {
            data.target(i, 0, row, 0);
            for (int t = 0; t < width; t++) {
                double from = row[t] - sums[t] / scores.length;
                targetSquares[t] += from * from;
            }
        }
        double square = 0;
        double explained = 0;
        boolean varies = true;
        for (int t = 0; t < width; t++) {
            square += squares[t];
            explained += 1 - squares[t] / targetSquares[t];
            varies &= targetSquares[t] > 0;
        }
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("rmse", StrictMath.sqrt(square / scores.length / width));
        metrics.put("mae", absolute / scores.length / width);
        if (varies) {
            metrics.put("r2", explained / width);
        }
        return metrics;
    }
}
