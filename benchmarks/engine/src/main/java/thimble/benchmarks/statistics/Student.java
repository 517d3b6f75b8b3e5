package thimble.benchmarks.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Mean, standard deviation, interval and test of one sample by Student's t, with the correction for repeats whose training sets overlap:
 * the variance of the mean is s²(1/n + overlap) with overlap = test size / training size, 0 for independent repeats.
 *
 * <p>Claude Nadeau, Yoshua Bengio, "Inference for the Generalization Error", Machine Learning 52, 2003, the corrected resampled t-test; over
 * repeated folds as in Remco Bouckaert, Eibe Frank, "Evaluating the Replicability of Significance Tests for Comparing Learning Algorithms",
 * PAKDD 2004.
 */
public final class Student {
    private Student() {}

    /** Arithmetic mean. */
    public static double mean(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("[mean] expected at least 1 value but received 0");
        }
        return Arrays.stream(values).sum() / values.length;
    }

    /** Standard deviation with n − 1 in the denominator; 0 for one value. */
    public static double deviation(double[] values) {
        double mean = mean(values);
        double sum = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return values.length < 2 ? 0 : Math.sqrt(sum / (values.length - 1));
    }

    /** Standard error of the mean, corrected for overlap. */
    public static double error(double[] values, double overlap) {
        if (!(overlap >= 0)) {
            throw new IllegalArgumentException("[overlap] expected >= 0 but received " + overlap);
        }
        return deviation(values) * Math.sqrt(1.0 / values.length + overlap);
    }

    /** Interval of the mean at a level such as 0.95; the single value itself if there is one only. */
    public static Interval interval(double[] values, double level, double overlap) {
        double mean = mean(values);
        if (values.length < 2) {
            return new Interval(mean, mean);
        }
        double t = TDistribution.of(values.length - 1.0).inverseSurvivalProbability((1 - level) / 2);
        double half = t * error(values, overlap);
        return new Interval(mean - half, mean + half);
    }

    /** Two-sided p of the mean being 0; needs at least two values. */
    public static double p(double[] values, double overlap) {
        if (values.length < 2) {
            throw new IllegalArgumentException("[t test] expected at least 2 pairs but received " + values.length);
        }
        double mean = mean(values);
        double error = error(values, overlap);
        if (error == 0) {
            return mean == 0 ? 1 : 0;
        }
        return Math.min(1, 2 * TDistribution.of(values.length - 1.0).survivalProbability(Math.abs(mean / error)));
    }
}
