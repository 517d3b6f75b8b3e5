package thimble.benchmarks;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import thimble.data.Dataset;
import thimble.data.Decoder;
import thimble.train.TrainingListener;

/**
 * What one training needs.
 *
 * @param comparison what it belongs to
 * @param arm the arm, without brackets
 * @param chosen values chosen by tuning, the learning rate as {@code lr}
 * @param train training examples
 * @param held examples to evaluate on: the test set, or validation examples while tuning
 * @param decoder decoder of the training examples, if there is one
 * @param seed seed of initial weights, data order and everything random
 * @param listener told about steps
 * @param cancelled asked between steps
 */
public record TrialTask(
        Comparison comparison,
        Arm arm,
        Map<String, String> chosen,
        Dataset train,
        Dataset held,
        Optional<Decoder> decoder,
        long seed,
        TrainingListener listener,
        BooleanSupplier cancelled) {
    /** This task with fewer examples to learn from. */
    TrialTask learning(int[] positions) {
        return new TrialTask(
                comparison,
                arm,
                chosen,
                train.select(positions),
                held,
                decoder.map(known -> known.select(positions)),
                seed,
                listener,
                cancelled);
    }
}
