package thimble.backend;

/**
 * A program bound to a state. For one thread at a time; after warm-up, feed, run and fetch allocate nothing. Once it or its state is closed, all
 * but closing again throws {@link IllegalStateException}.
 */
public interface Executable extends AutoCloseable {
    /**
     * Sets a FLOAT32 input, row-major; it stays until fed again.
     *
     * @throws IllegalArgumentException if the input is unknown or the length differs
     */
    Executable feed(String input, float[] values);

    /** Sets an INT32 input, row-major. */
    Executable feed(String input, int[] values);

    /**
     * Runs once with the random key (seed, step).
     *
     * @param seed any number
     * @param step in [0, 2³¹)
     * @throws IllegalStateException if an input was never fed
     */
    void run(long seed, long step);

    /** Copies a FLOAT32 or INT32 output of the last run, row-major. */
    void fetch(int output, float[] into);

    @Override
    void close();
}
