package thimble.backend.vector;

/** Threads. */
final class Workers implements AutoCloseable {
    private final int threads;

    Workers(int threads) {
        this.threads = threads;
    }

    int threads() {
        return threads;
    }

    /** Runs all chunks and returns when the last is done. */
    void run(Kernel kernel) {
        for (int i = 0; i < kernel.chunks(); i++) {
            kernel.run(i);
        }
    }

    @Override
    public void close() {}
}
