package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that must not change unnoticed, under {@code src/test/resources/golden}; {@code -Dgolden=write} writes them anew. */
final class Golden {
    private Golden() {}

    static void check(String name, String text) throws IOException {
        Path file = Path.of("src/test/resources/golden").resolve(name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(text).as(file + "; -Dgolden=write accepts a change").isEqualTo(Files.readString(file));
    }
}
