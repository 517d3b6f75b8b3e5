package thimble.train;

import thimble.data.Dataset;
import thimble.data.Stored;

/** Something trained that predicts; safe for many threads. */
public interface Model extends AutoCloseable {
    /** Scores of one example: class probabilities in the order of the classes, or the predicted numbers. */
    float[] predict(float[] example);

    /** Scores of all examples, one row each; faster than one by one. */
    float[][] predict(Dataset data);

    /**
     * What it is made of, for a file.
     *
     * @throws IllegalArgumentException if models of this kind cannot be saved
     */
    default Stored stored() {
        throw new IllegalArgumentException("[save] expected a model that can be saved but received "
                + getClass().getSimpleName());
    }

    @Override
    default void close() {}
}
