package thimble.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One run of the program inside this JVM, without a terminal.
 *
 * @param exit exit code
 * @param out standard output
 * @param err standard error
 */
record Invocation(int exit, String out, String err) {
    static Invocation of(String... args) {
        return of(Map.of(), false, args);
    }

    static Invocation of(Map<String, String> environment, boolean terminal, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                environment);
        int exit = Main.run(console, args);
        return new Invocation(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A comparison by a linear model on the reference backend, without remarks. */
    static Invocation comparison(String... more) {
        List<String> fixed = List.of("compare", "--backend", "reference", "--model", "linear", "--quiet");
        return of(Stream.concat(fixed.stream(), Stream.of(more)).toArray(String[]::new));
    }
}
