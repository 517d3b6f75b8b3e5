package thimble.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import thimble.backend.Backends;
import thimble.benchmarks.Environment;

/** Where and how a command runs, for the record. */
final class Surroundings {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Surroundings() {}

    /** The environment of a command as typed. */
    static Environment of(Backends.Choice backend, String typed) {
        return new Environment(
                typed,
                Version.program(),
                backend.backend().name(),
                backend.backend().description(),
                System.getProperty("java.vm.vendor", "") + " " + Runtime.version(),
                processor(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String processor() {
        String architecture = System.getProperty("os.arch", "unknown");
        if (!Files.isReadable(PROCESSORS)) {
            return architecture;
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(architecture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
