package thimble.benchmarks.statistics;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Mean error by number of samples, read between the points by straight lines on two logarithmic axes. Errors that rise with more samples are
 * levelled first to the smallest so far, so that one error has one number of samples.
 *
 * @param sizes numbers of samples, ascending
 * @param errors error at each size
 */
public record LearningCurve(int[] sizes, double[] errors) {
    /** Checks and copies. */
    public LearningCurve {
        if (sizes.length != errors.length || sizes.length == 0) {
            throw new IllegalArgumentException("[learning curve] expected as many errors as sizes but received "
                    + errors.length + " and " + sizes.length);
        }
        sizes = sizes.clone();
        errors = errors.clone();
    }

    /** How many samples reach an error; empty if the error lies outside the curve: nothing is extrapolated. */
    public OptionalDouble samples(double error) {
        double[] level = errors.clone();
        for (int i = 1; i < level.length; i++) {
            level[i] = Math.min(level[i], level[i - 1]);
        }
        for (int i = 0; i < level.length; i++) {
            if (level[i] == error) {
                return OptionalDouble.of(sizes[i]);
            }
            if (i > 0 && level[i] < error && error < level[i - 1]) {
                double share =
                        Math.log(level[i - 1] / error) / Math.log(level[i - 1] / Math.max(level[i], Double.MIN_NORMAL));
                return OptionalDouble.of(sizes[i - 1] * Math.pow((double) sizes[i] / sizes[i - 1], share));
            }
        }
        return OptionalDouble.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LearningCurve curve
                && Arrays.equals(sizes, curve.sizes)
                && Arrays.equals(errors, curve.errors);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(sizes) + Arrays.hashCode(errors);
    }

    @Override
    public String toString() {
        return "LearningCurve[sizes=" + Arrays.toString(sizes) + ", errors=" + Arrays.toString(errors) + "]";
    }
}
