package thimble.benchmarks.statistics;

import java.util.OptionalInt;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Power of the paired t test by the noncentral t distribution.
 *
 * <p>Jacob Cohen, "Statistical Power Analysis for the Behavioral Sciences", 1988, section 2.3, computed instead of read from tables.
 */
public final class Power {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final int MOST = 10_000;
    private static final int CELLS = 400;

    private Power() {}

    /**
     * Chance that a two-sided paired t test calls a true difference real.
     *
     * @param effect mean of the differences over their standard deviation
     * @param pairs number of pairs, at least 2
     * @param alpha level of the test
     */
    public static double of(double effect, int pairs, double alpha) {
        int freedom = pairs - 1;
        double critical = TDistribution.of(freedom).inverseSurvivalProbability(alpha / 2);
        double shift = Math.abs(effect) * Math.sqrt(pairs);
        // ∫ P(|Z + shift| > critical·s) dF(s), s² = χ²/freedom: midpoints of cells of equal probability.
        ChiSquaredDistribution chi = ChiSquaredDistribution.of(freedom);
        double sum = 0;
        for (int cell = 0; cell < CELLS; cell++) {
            double s = Math.sqrt(chi.inverseCumulativeProbability((cell + 0.5) / CELLS) / freedom);
            sum += NORMAL.survivalProbability(critical * s - shift)
                    + NORMAL.cumulativeProbability(-critical * s - shift);
        }
        return sum / CELLS;
    }

    /** Fewest pairs that reach a power for an effect of this size; empty if more than 10,000 would be needed. */
    public static OptionalInt pairs(double effect, double power, double alpha) {
        if (effect == 0 || of(effect, MOST, alpha) < power) {
            return OptionalInt.empty();
        }
        int low = 2;
        int high = MOST;
        while (low < high) {
            int middle = (low + high) / 2;
            if (of(effect, middle, alpha) >= power) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return OptionalInt.of(low);
    }
}
