package thimble.cli;

import java.util.List;
import java.util.function.Supplier;

/**
 * A few lines on standard error that change while work goes on: redrawn in place at most five times a second on a terminal; elsewhere the first
 * line is printed once per tenth of the work or half a minute.
 */
final class LiveLines implements AutoCloseable {
    private static final long REDRAW_NANOS = 200_000_000L;
    private static final long PRINT_NANOS = 30_000_000_000L;

    private final Console console;
    private final boolean quiet;
    private int drawn;
    private long last;
    private int tenth;

    LiveLines(Console console, boolean quiet) {
        this.console = console;
        this.quiet = quiet;
        this.last = System.nanoTime();
    }

    /** Whether all lines are shown and redrawn in place; else only the first one is printed now and then. */
    boolean redraws() {
        return console.terminal();
    }

    /** Shows the lines if it is time to; they are asked for only then. */
    synchronized void update(double fraction, Supplier<List<String>> lines) {
        if (quiet) {
            return;
        }
        long now = System.nanoTime();
        if (console.terminal()) {
            if (drawn == 0 || now - last >= REDRAW_NANOS) {
                last = now;
                draw(lines.get());
            }
        } else if ((int) (fraction * 10) > tenth || now - last >= PRINT_NANOS) {
            tenth = Math.max(tenth, (int) (fraction * 10));
            last = now;
            console.err().println(lines.get().getFirst());
        }
    }

    private void draw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append('A');
        }
        lines.forEach(line -> text.append("\u001b[2K").append(line).append('\n'));
        for (int blank = lines.size(); blank < drawn; blank++) {
            text.append("\u001b[2K\n");
        }
        drawn = Math.max(drawn, lines.size());
        console.err().print(text);
        console.err().flush();
    }

    /** A bar of a width in columns, filled to a fraction. */
    String bar(double fraction, int width) {
        int filled = (int) Math.round(Math.clamp(fraction, 0, 1) * width);
        String on = console.unicode() ? "━" : "#";
        String off = console.unicode() ? "─" : "-";
        return console.good(on.repeat(filled)) + console.soft(off.repeat(width - filled));
    }

    /** Minutes and seconds, as in {@code 4:32}; with hours from an hour on. */
    static String time(long seconds) {
        return seconds < 3600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** Prints a line that stays. */
    synchronized void remark(String line) {
        if (!quiet) {
            clear();
            console.err().println(line);
        }
    }

    @Override
    public void close() {
        clear();
    }

    /** Removes the lines; the next update draws them again. */
    synchronized void clear() {
        if (drawn > 0) {
            console.err().print("\u001b[" + drawn + "A\u001b[0J");
            console.err().flush();
            drawn = 0;
        }
    }
}
