package thimble.benchmarks;

import java.util.Map;

/**
 * What one training gave.
 *
 * @param hyperparameters effective values of the arm, by {@code method.parameter} and {@code lr}
 * @param steps training steps done
 * @param held metrics on held-out examples, in evaluation mode without penalties
 * @param train metrics on the training examples, likewise
 * @param seconds time of the training alone
 */
public record TrialResult(
        Map<String, String> hyperparameters,
        long steps,
        Map<String, Double> held,
        Map<String, Double> train,
        double seconds) {}
