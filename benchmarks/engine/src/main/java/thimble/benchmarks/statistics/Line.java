package thimble.benchmarks.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A straight line through points by least squares.
 *
 * @param intercept value at 0
 * @param slope change of the value per unit
 * @param slopeInterval interval of the slope by Student's t with n − 2 degrees of freedom
 * @param explained share R² of the variance that the line explains, 1 if the values do not vary
 */
public record Line(double intercept, double slope, Interval slopeInterval, double explained) {
    /**
     * Fits a line.
     *
     * @param level level of the interval, such as 0.95
     * @throws IllegalArgumentException if there are fewer than 3 points or all lie at one place
     */
    public static Line through(double[] places, double[] values, double level) {
        int n = places.length;
        if (n < 3 || values.length != n) {
            throw new IllegalArgumentException("[line] expected a value for each of at least 3 places but received "
                    + values.length + " for " + n);
        }
        double place = Student.mean(places);
        double value = Student.mean(values);
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < n; i++) {
            xx += (places[i] - place) * (places[i] - place);
            xy += (places[i] - place) * (values[i] - value);
            yy += (values[i] - value) * (values[i] - value);
        }
        if (xx == 0) {
            throw new IllegalArgumentException(
                    "[line] expected different places but received " + Arrays.toString(places));
        }
        double slope = xy / xx;
        double rest = Math.max(0, yy - slope * xy);
        double t = TDistribution.of(n - 2.0).inverseSurvivalProbability((1 - level) / 2);
        double half = t * Math.sqrt(rest / (n - 2) / xx);
        return new Line(
                value - slope * place, slope, new Interval(slope - half, slope + half), yy == 0 ? 1 : 1 - rest / yy);
    }
}
