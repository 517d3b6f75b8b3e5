package clinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.backend.Backends;

class EmbeddingTest {
    // Two clouds 2√2 apart: the best possible accuracy is Φ(√2) = 0.921.
    private static final double GOOD = 0.89;

    @Test
    void theBackendOnTheClassPathIsTheCpu() {
        assertThat(Backends.choose("auto").backend().name()).isEqualTo("cpu");
    }

    @Test
    void plainJavaTrainsSavesAndPredicts(@TempDir Path folder) {
        Path file = folder.resolve("patients.model");
        assertThat(Plain.train(file)).isBetween(GOOD, 1.0);
        float[] scores = Plain.predict(file, new float[] {3, -3});
        assertThat(scores[0] + scores[1]).isCloseTo(1, within(1e-5f));
        assertThat(scores[1]).isGreaterThan(0.9f);
    }

    @Test
    void guiceGivesTheSameBitsAsPlainJava(@TempDir Path folder) {
        assertThat(Injected.train("cpu", "dropout:rate=0.2+spectreg:lambda=1e-3"))
                .isEqualTo(Plain.train(folder.resolve("patients.model")));
    }

    @Test
    void anotherBackendIsAnotherWord() {
        assertThat(Injected.train("reference", "none")).isBetween(GOOD, 1.0);
    }
}
