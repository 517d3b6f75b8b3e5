package thimble.train;

import thimble.data.Dataset;

/**
 * Early stopping: the loss on held-out examples, in evaluation mode without penalties, is computed now and then; the
 * weights of the smallest one win, and training ends when it has not fallen for a while.
 *
 * @param validation examples that are not trained on
 * @param every steps between two evaluations, at least 1
 * @param patience how many evaluations in a row may bring nothing, at least 1
 */
public record Stopping(Dataset validation, int every, int patience) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is below 1 or there are no examples
     */
    public Stopping {
        Ranges.atLeast("every", every, 1);
        Ranges.atLeast("patience", patience, 1);
        Ranges.atLeast("validation size", validation.size(), 1);
    }
}
