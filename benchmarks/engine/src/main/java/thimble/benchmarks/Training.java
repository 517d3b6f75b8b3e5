package thimble.benchmarks;

import java.util.List;
import thimble.method.Spec;

/**
 * How every network of a comparison trains.
 *
 * @param budget epochs or steps
 * @param batch examples per step, at least 1
 * @param optimizer spec of the optimizer
 * @param rate learning rate: one value, or a range that tuning chooses from (without tuning its middle is taken)
 * @param loss spec of the loss
 * @param augment specs of augmenters that every arm uses, in order
 */
public record Training(
        Budget budget, int batch, String optimizer, Spec.Setting rate, String loss, List<String> augment) {
    /** Name of the learning rate among hyperparameters. */
    public static final String RATE = "lr";

    /** Checks and copies. */
    public Training {
        augment = List.copyOf(augment);
        if (batch < 1) {
            throw new IllegalArgumentException("[batch] expected >= 1 but received " + batch);
        }
    }
}
