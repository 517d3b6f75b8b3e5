package thimble.benchmarks.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Seeded bootstrap intervals.
 *
 * @param resamples how often to draw, such as 10,000
 * @param seed seed of the draws
 */
public record Bootstrap(int resamples, long seed) {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Checks the number of resamples. */
    public Bootstrap {
        if (resamples < 100) {
            throw new IllegalArgumentException("[bootstrap] expected resamples >= 100 but received " + resamples);
        }
    }

    /**
     * Bias-corrected and accelerated interval of the mean.
     *
     * <p>Bradley Efron, "Better Bootstrap Confidence Intervals", JASA 82, 1987, equations 2.3 and 6.6.
     */
    public Interval mean(double[] values, double level) {
        double mean = Student.mean(values);
        double[] drawn = sorted(
                values.length,
                picks -> Arrays.stream(picks)
                        .mapToDouble(i -> values[i])
                        .average()
                        .orElse(mean));
        if (drawn[0] == drawn[drawn.length - 1]) {
            return new Interval(drawn[0], drawn[0]);
        }
        double below = Arrays.stream(drawn)
                        .map(d -> d < mean ? 1 : d == mean ? 0.5 : 0)
                        .sum()
                / resamples;
        double bias = NORMAL.inverseCumulativeProbability(Math.clamp(below, 0.5 / resamples, 1 - 0.5 / resamples));
        double acceleration = acceleration(values, mean);
        return new Interval(
                quantile(drawn, shifted((1 - level) / 2, bias, acceleration)),
                quantile(drawn, shifted((1 + level) / 2, bias, acceleration)));
    }

    /**
     * Percentile interval of any statistic of resampled positions.
     *
     * @param n how many positions there are
     * @param statistic value for positions that may repeat
     */
    public Interval percentile(int n, double level, ToDoubleFunction<int[]> statistic) {
        double[] drawn = sorted(n, statistic);
        return new Interval(quantile(drawn, (1 - level) / 2), quantile(drawn, (1 + level) / 2));
    }

    private double[] sorted(int n, ToDoubleFunction<int[]> statistic) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] picks = new int[n];
        return IntStream.range(0, resamples)
                .mapToDouble(draw -> {
                    Arrays.setAll(picks, i -> random.nextInt(n));
                    return statistic.applyAsDouble(picks);
                })
                .sorted()
                .toArray();
    }

    // Σ(m − mᵢ)³ / 6(Σ(m − mᵢ)²)^1.5 over the leave-one-out means; for the mean these differ from m by (v − mean)/(n −
    // 1).
    private static double acceleration(double[] values, double mean) {
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double cubes = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean) * (v - mean))
                .sum();
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }

    private static double shifted(double level, double bias, double acceleration) {
        double z = bias + NORMAL.inverseCumulativeProbability(level);
        return NORMAL.cumulativeProbability(bias + z / (1 - acceleration * z));
    }

    private static double quantile(double[] sorted, double level) {
        double position = Math.clamp(level, 0, 1) * (sorted.length - 1);
        int low = (int) position;
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (position - low) * (sorted[high] - sorted[low]);
    }
}
