package thimble.backend.vector.launch;

/**
 * A launch with everything bound: operands, offsets, workspace. It allocates nothing when it runs. Its chunks may run
 * in any order and at the same time; their number depends on sizes alone, and each writes elements of its own, so
 * results do not depend on threads.
 */
public interface Kernel {
    /** Number of chunks, at least 1. */
    default int chunks() {
        return 1;
    }

    /** Runs one chunk, in [0, {@link #chunks}). */
    void run(int chunk);
}
