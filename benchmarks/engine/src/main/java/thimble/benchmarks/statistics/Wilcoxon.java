package thimble.benchmarks.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The signed-rank test of paired differences, exact also where sizes are tied: differences of 0 are left out, tied sizes share their mean
 * rank, and all patterns of signs are counted.
 *
 * <p>Frank Wilcoxon, "Individual Comparisons by Ranking Methods", Biometrics Bulletin 1, 1945; for comparisons over data sets Janez Demšar,
 * "Statistical Comparisons of Classifiers over Multiple Data Sets", JMLR 7, 2006, section 3.1.3 (there zeros are split between the signs).
 */
public final class Wilcoxon {
    private static final int MOST = 1000;

    private Wilcoxon() {}

    /**
     * Two-sided p: the share of sign patterns whose rank sum is at least as far from its mean as the one measured; 1 if all differences are 0.
     *
     * @param differences at most 1,000
     */
    public static double p(double[] differences) {
        if (differences.length > MOST) {
            throw new IllegalArgumentException(
                    "[signed-rank test] expected at most 1,000 pairs but received " + differences.length);
        }
        double[] values = Arrays.stream(differences).filter(d -> d != 0).toArray();
        int[] ranks = doubledRanks(values);
        int total = Arrays.stream(ranks).sum();
        int measured = IntStream.range(0, values.length)
                .filter(i -> values[i] > 0)
                .map(i -> ranks[i])
                .sum();
        double[] share = shares(ranks, total);
        int far = Math.abs(2 * measured - total);
        return Math.min(
                1,
                IntStream.rangeClosed(0, total)
                        .filter(sum -> Math.abs(2 * sum - total) >= far)
                        .mapToDouble(sum -> share[sum])
                        .sum());
    }

    /** Twice the mean rank of each size, so that ties have whole numbers. */
    private static int[] doubledRanks(double[] values) {
        List<Integer> order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> Math.abs(values[i])))
                .toList();
        int[] ranks = new int[values.length];
        for (int from = 0; from < ranks.length; ) {
            int to = from + 1;
            while (to < ranks.length && Math.abs(values[order.get(to)]) == Math.abs(values[order.get(from)])) {
                to++;
            }
            for (int place = from; place < to; place++) {
                ranks[order.get(place)] = from + 1 + to;
            }
            from = to;
        }
        return ranks;
    }

    /** Share of all sign patterns by the sum of ranks with a positive sign. */
    private static double[] shares(int[] ranks, int total) {
        double[] share = new double[total + 1];
        share[0] = 1;
        for (int rank : ranks) {
            for (int sum = total; sum >= 0; sum--) {
                share[sum] = (share[sum] + (sum >= rank ? share[sum - rank] : 0)) / 2;
            }
        }
        return share;
    }
}
