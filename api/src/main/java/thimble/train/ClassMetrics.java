package thimble.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** Metrics of class probabilities. */
final class ClassMetrics {
    private static final int BINS = 15;
    private static final double SMALLEST = 1e-12;

    private ClassMetrics() {}

    static SequencedMap<String, Double> of(float[][] scores, int[] labels, int classes) {
        int[][] confusion = new int[classes][classes]; // true, predicted
        double logLoss = 0;
        for (int i = 0; i < labels.length; i++) {
            confusion[labels[i]][best(scores[i])]++;
            logLoss -= StrictMath.log(Math.max(SMALLEST, scores[i][labels[i]]));
        }
        double right = 0;
        double recall = 0;
        double f1 = 0;
        int present = 0;
        int seen = 0;
        for (int c = 0; c < classes; c++) {
            int truth = Arrays.stream(confusion[c]).sum();
            int said = 0;
            for (int[] row : confusion) {
                said += row[c];
            }
            right += confusion[c][c];
            recall += truth == 0 ? 0 : (double) confusion[c][c] / truth;
            f1 += truth + said == 0 ? 0 : 2.0 * confusion[c][c] / (truth + said);
            present += truth == 0 ? 0 : 1;
            seen += truth + said == 0 ? 0 : 1;
        }
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", right / labels.length);
        metrics.put("balanced-accuracy", recall / present);
        metrics.put("macro-f1", f1 / seen);
        double area = auroc(scores, labels, classes);
        if (!Double.isNaN(area)) {
            metrics.put("auroc", area);
        }
        metrics.put("log-loss", logLoss / labels.length);
        metrics.put("ece", calibrationError(scores, labels));
        return metrics;
    }

    static int best(float[] row) {
        int best = 0;
        for (int c = 1; c < row.length; c++) {
            best = row[c] > row[best] ? c : best;
        }
        return best;
    }

    /**
     * Mean over the classes of the probability that one of the class ranks above another example, ties counting half.
     */
    private static double auroc(float[][] scores, int[] labels, int classes) {
        double sum = 0;
        int counted = 0;
        for (int c = 0; c < classes; c++) {
            int wanted = c;
            long positives =
                    Arrays.stream(labels).filter(label -> label == wanted).count();
            long negatives = labels.length - positives;
            if (positives == 0 || negatives == 0) {
                continue;
            }
            int[] order = IntStream.range(0, labels.length)
                    .boxed()
                    .sorted((a, b) -> Float.compare(scores[a][wanted], scores[b][wanted]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            double ranks = 0;
            for (int from = 0; from < order.length; ) {
                int to = from;
                int hits = 0;
                while (to < order.length && scores[order[to]][c] == scores[order[from]][c]) {
                    hits += labels[order[to++]] == c ? 1 : 0;
                }
                ranks += hits * (from + 1 + to) / 2.0;
                from = to;
            }
            sum += (ranks - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
            counted++;
        }
        return sum / counted;
    }

    private static double calibrationError(float[][] scores, int[] labels) {
        double[] gap = new double[BINS];
        for (int i = 0; i < labels.length; i++) {
            int best = best(scores[i]);
            int bin = Math.clamp((int) (scores[i][best] * BINS), 0, BINS - 1);
            gap[bin] += (best == labels[i] ? 1 : 0) - scores[i][best];
        }
        return Arrays.stream(gap).map(Math::abs).sum() / labels.length;
    }
}
