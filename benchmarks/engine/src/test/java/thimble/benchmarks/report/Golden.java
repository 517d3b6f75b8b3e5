package thimble.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that are compared with files; {@code -Dgolden=write} writes the files anew. */
final class Golden {
    private Golden() {}

    static void check(String name, String text) throws IOException {
        Path file = Path.of("src/test/resources/golden", name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
