package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison whose repeats and tuning trials train as one program comes out as the ordinary one. */
class ReplicatedComparisonTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void replicasOnTheCpuGiveTheOrdinaryTrials() throws IOException {
        compare("cpu", "mlp:hidden=16", "4");
    }

    @Test
    void replicasOnADeviceGiveTheOrdinaryTrials() throws IOException {
        GpuDevice.require();
        compare("gpu:runtime=opencl", "mlp:hidden=16", "4");
    }

    @Test
    void aReplicaCountIsANumberOrAuto() {
        for (String wrong : List.of("0", "-1", "many", "1.5")) {
            Invocation run = Invocation.comparison("--dataset", "glyphs", "--replicas", wrong);
            assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err())
                    .contains("[--replicas] expected auto or a number from 1 to 9999 but received " + wrong);
        }
    }

    @Test
    void aFallbackMustExist() {
        Invocation run = Invocation.comparison("--dataset", "glyphs", "--fallback", "cpuu");
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("'cpuu'").contains("did you mean 'cpu'");
    }

    private void compare(String backend, String model, String replicas) throws IOException {
        List<JsonNode> expected = trials(backend, model, "1");
        List<JsonNode> received = trials(backend, model, replicas);
        assertThat(received).hasSameSizeAs(expected).hasSize(8);
        for (int i = 0; i < expected.size(); i++) {
            JsonNode one = expected.get(i);
            JsonNode other = received.get(i);
            for (String key : List.of("methods", "size", "repeat", "seed", "backend", "steps", "status")) {
                assertThat(other.path(key)).as(key + " of " + other).isEqualTo(one.path(key));
            }
            assertThat(other.path("hyperparameters")).isEqualTo(one.path("hyperparameters"));
            TrialLines.assertLosses(other, one, 1e-3);
        }
    }

    private List<JsonNode> trials(String backend, String model, String replicas) throws IOException {
        Path results = folder.resolve("replicas-" + replicas);
        Invocation run = Invocation.of(
                "compare",
                "--quiet",
                "--backend",
                backend,
                "--dataset",
                "glyphs",
                "--model",
                model,
                "--methods",
                "none,dropout+l2:lambda=[1e-4..1e-2]",
                "--sizes",
                "60",
                "--repeats",
                "4",
                "--tune",
                "2",
                "--steps",
                "15",
                "--batch",
                "10",
                "--optimizer",
                "sgd:rate=0.02",
                "--replicas",
                replicas,
                "--out",
                results.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        return TrialLines.sorted(results);
    }
}
