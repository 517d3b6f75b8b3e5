package thimble.data;

/** A file or data set is not what it should be; the text names file and offset, what was expected and what came. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What is wrong, where, and what to do. */
    public DataException(String message) {
        super(message);
    }

    /** What is wrong, where, and what to do, with its cause. */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
