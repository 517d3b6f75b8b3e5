package thimble.train;

import thimble.data.Dataset;

/** Something trained that predicts; safe for many threads. */
public interface Model extends AutoCloseable {
    /** Scores of one example: class probabilities in the order of the classes, or the predicted numbers. */
    float[] predict(float[] example);

    /** Scores of all examples, one row each; faster than one by one. */
    float[][] predict(Dataset data);

    @Override
    default void close() {}
}
