package thimble.nn;

import thimble.tensor.Shape;

/** First value of a variable; computed on the host with StrictMath, so the same bits everywhere. */
public interface Initializer {
    /** Fills {@code into}, row-major, for one variable; the seed already depends on the variable's name. */
    void fill(Shape shape, long seed, float[] into);
}
