package thimble.method;

/**
 * Something a user chooses by name. An implementation is a public record: its components are the typed parameters (double, int, boolean,
 * String or an enum), its public no-argument constructor gives the defaults, its compact constructor checks the ranges and throws
 * {@link IllegalArgumentException}. It is registered by one {@code provides} line and one line under {@code META-INF/services}.
 */
public interface Method {
    /** Name on the command line: lower case with hyphens, unique over all kinds of methods. */
    String name();

    /** One line for lists and help: what it does, without its name. */
    String summary();

    /**
     * Where it was published, for lists and help: family names, then journal or conference, then year; several are separated by semicolons. Empty
     * if it was not.
     */
    default String source() {
        return "";
    }
}
