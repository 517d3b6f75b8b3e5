package thimble.benchmarks;

import java.util.Map;
import java.util.Optional;

/**
 * What one training gave.
 *
 * @param hyperparameters effective values of the arm, by {@code method.parameter} and {@code lr}
 * @param steps training steps done
 * @param held metrics on held-out examples, in evaluation mode without penalties
 * @param train metrics on the training examples, likewise
 * @param seconds time of the training alone; of several trained as one program the share
 * @param backend name of the backend, if it is not that of the comparison
 */
public record TrialResult(
        Map<String, String> hyperparameters,
        long steps,
        Map<String, Double> held,
        Map<String, Double> train,
        double seconds,
        Optional<String> backend) {
    /** On the backend of the comparison. */
    public TrialResult(
            Map<String, String> hyperparameters,
            long steps,
            Map<String, Double> held,
            Map<String, Double> train,
            double seconds) {
        this(hyperparameters, steps, held, train, seconds, Optional.empty());
    }

    /** The same on another backend than that of the comparison. */
    public TrialResult on(String other) {
        return new TrialResult(hyperparameters, steps, held, train, seconds, Optional.of(other));
    }
}
