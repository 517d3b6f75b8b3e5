package thimble.train;

import thimble.tensor.Tensor;

/**
 * Keeps running means out of the numbers below 2⁻¹²⁶. The mean of a weight that no longer gets a gradient, as before a
 * rectified unit that is always off, shrinks into them within some eight hundred steps and, being rounded up again, never leaves them;
 * processors take a hundred times as long for each.
 */
final class Subnormals {
    private Subnormals() {}

    /** The same, but 0 where the size is below the smallest normal number; NaN stays. */
    static Tensor toZero(Tensor t) {
        Tensor least = Tensor.scalar(Float.MIN_NORMAL);
        return t.abs().less(least).select(Tensor.scalar(0), t);
    }
}
