package thimble.backend.gpu.tornado;

import java.util.regex.Pattern;
import thimble.backend.BackendException;

/** What TornadoVM throws, as one kind of exception that says what to do. */
final class Faults {
    private static final Pattern COLOURS = Pattern.compile("\u001B\\[[;\\d]*m");
    private static final String REMEDY = "; use gpu:runtime=opencl, or --backend cpu";

    private Faults() {}

    /** A call of TornadoVM. */
    interface Call {
        void run() throws Exception;
    }

    /**
     * Makes a call.
     *
     * @param what what it does, in words
     * @throws BackendException if TornadoVM throws anything
     */
    static void run(String what, Call call) {
        try {
            call.run();
        } catch (OutOfMemoryError | StackOverflowError e) {
            throw e;
        } catch (Exception | Error e) { // its own errors are no exceptions
            throw new BackendException("[tornado] " + what + " failed: " + text(e) + REMEDY, e);
        }
    }

    /** What an error says, in one line. */
    static String text(Throwable error) {
        String message = error.getMessage();
        String plain = message == null ? "" : COLOURS.matcher(message).replaceAll("");
        String first = plain.strip().lines().findFirst().orElse("").strip();
        return first.isEmpty() ? error.getClass().getSimpleName() : first;
    }
}
