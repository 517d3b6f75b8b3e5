package thimble.benchmarks.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The permutation test of paired differences that flips their signs: exact up to 20 pairs, 100,000 seeded draws above.
 *
 * <p>Ronald Fisher, "The Design of Experiments", 1935, section 21.
 */
public final class SignFlip {
    private static final int EXACT = 20;
    private static final int DRAWS = 100_000;

    private SignFlip() {}

    /** Two-sided p: the share of sign patterns whose mean is at least as far from 0 as the one measured. */
    public static double p(double[] differences, long seed) {
        double measured = Math.abs(Arrays.stream(differences).sum());
        double slack = 1e-12 * Arrays.stream(differences).map(Math::abs).sum();
        if (differences.length <= EXACT) {
            int patterns = 1 << differences.length;
            int far = 0;
            for (int pattern = 0; pattern < patterns; pattern++) {
                far += Math.abs(sum(differences, pattern)) >= measured - slack ? 1 : 0;
            }
            return (double) far / patterns;
        }
        SplittableRandom random = new SplittableRandom(seed);
        int far = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            for (double difference : differences) {
                sum += random.nextBoolean() ? difference : -difference;
            }
            far += Math.abs(sum) >= measured - slack ? 1 : 0;
        }
        return (far + 1.0) / (DRAWS + 1.0);
    }

    /** The smallest p that so many pairs can give: 2/2ⁿ, or one draw of 100,001. */
    public static double floor(int pairs) {
        return pairs <= EXACT ? 2 / Math.scalb(1.0, pairs) : 1 / (DRAWS + 1.0);
    }

    private static double sum(double[] differences, int pattern) {
        double sum = 0;
        for (int i = 0; i < differences.length; i++) {
            sum += (pattern >> i & 1) == 0 ? differences[i] : -differences[i];
        }
        return sum;
    }
}
