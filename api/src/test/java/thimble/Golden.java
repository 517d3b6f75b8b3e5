package thimble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that must not change unnoticed, under {@code src/test/resources/golden}; {@code -Dgolden=write} writes them anew. */
public final class Golden {
    private Golden() {}

    /** Compares a text with the file of this name. */
    public static void check(String name, String text) {
        Path file = Path.of("src/test/resources/golden").resolve(name);
        try {
            if ("write".equals(System.getProperty("golden"))) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            }
            assertThat(text).as(file + "; -Dgolden=write accepts a change").isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
