package thimble.train;

import java.nio.file.Path;

/**
 * Where a training saves itself. If the file is there at the start, training goes on from it, with the same result as
 * an uninterrupted one.
 *
 * @param file the checkpoint, written atomically and also when training is cancelled
 * @param every steps between two writings, at least 1
 */
public record Saving(Path file, int every) {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if every is below 1
     */
    public Saving {
        Ranges.atLeast("every", every, 1);
    }
}
