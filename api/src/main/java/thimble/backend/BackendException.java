package thimble.backend;

/** A device or driver failed, or ran out of memory. */
public final class BackendException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What failed and what to do. */
    public BackendException(String message) {
        super(message);
    }

    /** What failed and what to do, with its cause. */
    public BackendException(String message, Throwable cause) {
        super(message, cause);
    }
}
