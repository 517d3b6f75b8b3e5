package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison on the backend gpu and one on the CPU come out alike: rounding differs, and signs of adversarial noise enlarge it. */
class GpuComparisonTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void methodsThatDifferentiateGradientsTrainAsOnTheCpu() throws IOException {
        GpuDevice.require();
        List<JsonNode> cpu = trials("cpu");
        List<JsonNode> gpu = trials("gpu");
        assertThat(gpu).hasSameSizeAs(cpu).hasSize(4);
        for (int i = 0; i < cpu.size(); i++) {
            JsonNode expected = cpu.get(i);
            JsonNode received = gpu.get(i);
            assertThat(received.path("status").asText()).as(received.toString()).isEqualTo("ok");
            assertThat(received.path("backend").asText()).isEqualTo("gpu");
            assertThat(received.path("methods").asText())
                    .isEqualTo(expected.path("methods").asText());
            TrialLines.assertLosses(received, expected, 1e-2);
            for (String part : List.of("train", "test")) {
                assertThat(received.path(part).path("accuracy").asDouble())
                        .as(part + " accuracy of " + received)
                        .isCloseTo(expected.path(part).path("accuracy").asDouble(), within(0.05));
            }
        }
    }

    private List<JsonNode> trials(String backend) throws IOException {
        Path results = folder.resolve(backend);
        Invocation run = Invocation.of(
                "compare",
                "--quiet",
                "--backend",
                backend,
                "--dataset",
                "glyphs",
                "--model",
                "lenet",
                "--methods",
                "none,spectreg:lambda=1e-2,datagrad:lambda=1,adversarial-features",
                "--sizes",
                "60",
                "--repeats",
                "1",
                "--steps",
                "15",
                "--batch",
                "20",
                "--lr",
                "0.01",
                "--optimizer",
                "sgd",
                "--out",
                results.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        return TrialLines.sorted(results);
    }
}
