package thimble.regularizers;

import java.util.List;
import java.util.SplittableRandom;
import thimble.tensor.Key;
import thimble.tensor.Tensor;

/**
 * Mixtures of each example with its neighbour in the batch, the last one with the first. Batches are windows over shuffled epochs, so the
 * neighbour is a random other example.
 */
final class Pairs {
    /** Largest α: Beta(α, α) has the standard deviation 0.011 there, and a larger one changes no box and no mixture that can be told. */
    static final int MOST_ALPHA = 1000;

    private Pairs() {}

    /**
     * The neighbours of the rows [n, …].
     *
     * @throws IllegalArgumentException if there is one row alone
     */
    static Tensor partners(String method, Tensor rows) {
        int n = rows.shape().size(0);
        if (n < 2) {
            throw new IllegalArgumentException(
                    "[" + method + "] expected batches of at least 2 examples, to pair them, but received " + n);
        }
        return Tensor.concat(0, List.of(rows.slice(0, 1, n), rows.slice(0, 0, 1)));
    }

    /** share · row + (1 − share) · neighbour. */
    static Tensor mixed(String method, Tensor rows, Tensor share) {
        Tensor partners = partners(method, rows);
        return rows.mul(share).add(partners.mul(share.neg().add(1)));
    }

    /** The generator of one step of a trial for one use. */
    static SplittableRandom random(String use, long seed, long step) {
        SplittableRandom trial = new SplittableRandom(seed ^ Key.stream(use));
        return new SplittableRandom(trial.nextLong() + step * 0x9e3779b97f4a7c15L).split();
    }

    /** A number in [0, 1] from Beta(α, α) with α &gt; 0. */
    static double beta(SplittableRandom random, double alpha) {
        double a = logGamma(random, alpha);
        double b = logGamma(random, alpha);
        return 1 / (1 + StrictMath.exp(b - a));
    }

    /** Logarithm of a number from Gamma(α, 1); G. Marsaglia and W. W. Tsang, ACM Transactions on Mathematical Software 26(3), 2000. */
    private static double logGamma(SplittableRandom random, double alpha) {
        if (alpha < 1) {
            return logGamma(random, alpha + 1) + StrictMath.log(1 - random.nextDouble()) / alpha;
        }
        double d = alpha - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = normal(random);
            double v = 1 + c * x;
            if (v > 0) {
                double cube = v * v * v;
                double log = StrictMath.log(cube);
                if (StrictMath.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * cube + d * log) {
                    return StrictMath.log(d) + log;
                }
            }
        }
    }

    private static double normal(SplittableRandom random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
}
