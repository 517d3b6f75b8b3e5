package thimble.cli;

import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import thimble.backend.Backends;

/** What goes on where the chosen backend fails in the middle. */
final class FallbackOption {
    @Option(
            names = "--fallback",
            paramLabel = "NAME",
            description =
                    "Backend to go on with, such as cpu, when the chosen one fails in the middle (default: none).")
    private Optional<String> fallback = Optional.empty();

    /**
     * The fallback with a number of threads for each program, if there is one.
     *
     * @throws IllegalArgumentException if there is no such backend
     * @throws thimble.backend.BackendException if it does not work here
     */
    Optional<Backends.Choice> choose(int threadsPerProgram) {
        return fallback.map(name -> GlobalOptions.choose(name, threadsPerProgram));
    }

    /** Says a failure and what goes on. */
    static Consumer<String> telling(LiveLines lines, Backends.Choice other) {
        return reason ->
                lines.remark("the backend failed: " + reason.lines().findFirst().orElse(reason) + "; going on with "
                        + other.backend().description());
    }
}
