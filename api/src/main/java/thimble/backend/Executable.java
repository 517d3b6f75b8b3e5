package thimble.backend;

/**
 * A program bound to a state. For one thread at a time; after warm-up, feed, run and fetch allocate nothing. Once it or its state is closed, all
 * but closing again throws {@link IllegalStateException}.
 */
public interface Executable extends AutoCloseable {
    /**
     * Sets a FLOAT32 input, row-major; it stays until fed again. Outputs of the last run stay too, so the next run may be fed while a device is
     * still at work on the last.
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

    /** Copies a FLOAT32 or INT32 output of the last run, row-major; where a device runs on its own, waits for it. */
    void fetch(int output, float[] into);

    /**
     * Asks, before anything is fed, to keep a FLOAT32 output of some of the last runs, so that many runs are waited for at once.
     *
     * @param runs how many are wanted, at least 1
     * @return how many are kept, at most {@code runs}; 1 where nothing is gained. {@link #fetch} then copies that many values one after another,
     *     the one of the n-th run, counted from 0, at n modulo this; those of older runs are gone
     */
    default int keep(int output, int runs) {
        return 1;
    }

    @Override
    void close();
}
