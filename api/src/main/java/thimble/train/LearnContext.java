package thimble.train;

import java.util.function.BooleanSupplier;
import thimble.backend.Backend;

/**
 * What a learner may use.
 *
 * @param backend where networks train
 * @param seed seed of initial weights, data order and everything random
 * @param listener told about progress
 * @param cancelled asked between steps; true ends the training early with {@link
 *     java.util.concurrent.CancellationException}
 */
public record LearnContext(Backend backend, long seed, TrainingListener listener, BooleanSupplier cancelled) {
    /** A context without listener that is never cancelled. */
    public LearnContext(Backend backend, long seed) {
        this(backend, seed, TrainingListener.NONE, () -> false);
    }
}
