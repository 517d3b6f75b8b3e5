package thimble.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import thimble.tensor.Shape;

/** The launches of whole steps, one line each, with the number of layout conversions. */
class PlanTest {
    @ParameterizedTest
    @EnumSource(TrainingGraphs.Penalty.class)
    void lenet5(TrainingGraphs.Penalty penalty) {
        var graph = TrainingGraphs.step(TrainingGraphs.lenet5(false), Shape.of(64, 1, 28, 28), 10, penalty);
        String plan = new VectorBackend(1).compile(graph).plan();
        assertThat(plan).isEqualTo(golden("lenet5-" + penalty.name().toLowerCase(Locale.ROOT) + ".txt", plan));
    }

    private static String golden(String name, String actual) {
        if (System.getProperty("golden", "").equals("write")) {
            try {
                Path folder = Files.createDirectories(Path.of("src", "test", "resources", "plans"));
                Files.writeString(folder.resolve(name), actual);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return actual;
        }
        try (InputStream in = PlanTest.class.getResourceAsStream("/plans/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
