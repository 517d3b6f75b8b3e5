package thimble.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The two streams of a command and what they can show: results go to standard output, progress and remarks to standard error. */
final class Console {
    private static final int WIDE = 114;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final boolean colour;
    private final boolean unicode;
    private final int width;

    Console() {
        this(
                System.out,
                System.err,
                System.console() != null && System.console().isTerminal(),
                System.getenv());
    }

    Console(PrintStream out, PrintStream err, boolean terminal, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.colour = terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
        this.unicode = out.charset().equals(StandardCharsets.UTF_8);
        this.width = width(environment.getOrDefault("COLUMNS", ""));
    }

    private static int width(String columns) {
        return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : WIDE;
    }

    /** Where results go. */
    PrintStream out() {
        return out;
    }

    /** Where progress and remarks go. */
    PrintStream err() {
        return err;
    }

    /** True if both streams are a person's terminal. */
    boolean terminal() {
        return terminal;
    }

    /** True if ANSI colours may be used. */
    boolean colour() {
        return colour;
    }

    /** True if glyphs beyond ASCII may be used. */
    boolean unicode() {
        return unicode;
    }

    /** Columns to fill. */
    int width() {
        return width;
    }

    /** Text in bold where colours may be used. */
    String bold(String text) {
        return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    /** Text in bright black where colours may be used. */
    String soft(String text) {
        return colour ? "\u001b[90m" + text + "\u001b[0m" : text;
    }

    /** Text in green where colours may be used. */
    String good(String text) {
        return colour ? "\u001b[32m" + text + "\u001b[0m" : text;
    }

    /** Text in red where colours may be used. */
    String bad(String text) {
        return colour ? "\u001b[31m" + text + "\u001b[0m" : text;
    }

    /** Text in yellow where colours may be used. */
    String doubtful(String text) {
        return colour ? "\u001b[33m" + text + "\u001b[0m" : text;
    }
}
