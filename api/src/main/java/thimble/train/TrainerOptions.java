package thimble.train;

import java.util.Optional;

/**
 * What a trainer can do beyond the usual.
 *
 * @param steps number of steps in place of epochs; 0 counts epochs
 * @param stopping early stopping
 * @param saving checkpoints
 * @param initial first values of variables with these names in place of random ones, such as pre-trained ones
 * @param preprocess whether inputs and numeric targets are scaled as {@link thimble.data.Preprocessing} says
 */
public record TrainerOptions(
        long steps,
        Optional<Stopping> stopping,
        Optional<Saving> saving,
        Optional<Weights> initial,
        boolean preprocess) {
    /** Epochs, no early stopping, no checkpoints, random first values, preprocessing. */
    public static final TrainerOptions STANDARD =
            new TrainerOptions(0, Optional.empty(), Optional.empty(), Optional.empty(), true);

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if steps is negative
     */
    public TrainerOptions {
        Ranges.atLeast("steps", steps, 0);
    }
}
