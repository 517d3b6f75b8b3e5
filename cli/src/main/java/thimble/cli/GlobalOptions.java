package thimble.cli;

import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import thimble.backend.Backend;
import thimble.backend.Backends;
import thimble.method.Methods;
import thimble.method.Spec;

/** Options that every command understands. */
final class GlobalOptions {
    private static final Pattern NAMED = Pattern.compile("threads=(\\d{1,9})");

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "Where to compute: auto, cpu, reference … (default: auto).")
    String backend = "auto";

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads to use; 0 means all cores (default: 0).")
    int threads;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of everything random (default: 1).")
    long seed = 1;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress and no remarks.")
    boolean quiet;

    /**
     * Threads to use in fact.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    int workers() {
        if (threads < 0) {
            throw new IllegalArgumentException("[--threads] expected a number >= 0 but received " + threads);
        }
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }

    /**
     * The chosen backend with a number of threads for each program, unless the user named one.
     *
     * @throws IllegalArgumentException if there is no such backend
     * @throws thimble.backend.BackendException if it does not work here
     */
    Backends.Choice choose(int threadsPerProgram) {
        return choose(backend, threadsPerProgram);
    }

    /** The same for another name than the user's. */
    static Backends.Choice choose(String name, int threadsPerProgram) {
        Backends.Choice choice = Backends.choose(name);
        Backend found = choice.backend();
        if (!threaded(name, found)) {
            return choice;
        }
        Spec spec = Spec.parse(found.name()).with(Map.of("threads", Integer.toString(threadsPerProgram)));
        return new Backends.Choice(Methods.with(found, spec), choice.reason());
    }

    /** Whether {@link #choose} decides the number of threads: the backend has one and the user named none. */
    boolean threaded() {
        return threaded(backend, Backends.choose(backend).backend());
    }

    /** The number of threads in the name of the backend. */
    OptionalInt named() {
        return named(backend);
    }

    private static OptionalInt named(String name) {
        Matcher matcher = NAMED.matcher(name);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    private static boolean threaded(String name, Backend found) {
        return named(name).isEmpty()
                && Methods.parameters(found).stream()
                        .anyMatch(parameter -> parameter.name().equals("threads"));
    }
}
