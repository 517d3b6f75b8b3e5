package thimble.benchmarks;

/** The folder of results cannot be used or written: in use, not writable, full, damaged, or of another comparison. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What is wrong, where, and what to do. */
    public StoreException(String message) {
        super(message);
    }

    /** What is wrong, where, and what to do, with its cause. */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
