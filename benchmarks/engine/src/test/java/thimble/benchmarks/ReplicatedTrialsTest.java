package thimble.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thimble.backend.Backend;
import thimble.backend.BackendException;
import thimble.backend.Graph;
import thimble.backend.Program;
import thimble.backend.ReferenceBackend;
import thimble.backend.State;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Targets;
import thimble.method.Spec;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

class ReplicatedTrialsTest {
    private static final String METHODS = "none,focal:gamma=[1|3],cosine,early-stopping:every=20,bagging:members=2"
            + ",forest:trees=5,nearest-neighbours+pca:components=1";

    @TempDir
    private Path temporary;

    /** The reference, which notes how many replicas programs have, and has memory for some. */
    private static final class Watched implements Backend {
        private final Backend inner = new ReferenceBackend();
        private final List<Integer> replicated = new ArrayList<>();
        private final int most;

        Watched(int most) {
            this.most = most;
        }

        @Override
        public String name() {
            return inner.name();
        }

        @Override
        public String summary() {
            return inner.summary();
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public String description() {
            return inner.description();
        }

        @Override
        public State allocate(Collection<Tensor> variables) {
            return inner.allocate(variables);
        }

        @Override
        public Program compile(Graph graph) {
            for (Tensor tensor : Tensor.topological(graph.roots())) {
                if (tensor.op() instanceof Op.Variable(var name, var shape) && name.equals("replica-active")) {
                    replicated.add(shape.size(0));
                    if (shape.size(0) > most) {
                        throw new BackendException("[toy] too little memory");
                    }
                }
            }
            return inner.compile(graph);
        }

        @Override
        public int compiled() {
            return inner.compiled();
        }
    }

    @Test
    void trialsAreThoseOfTrainingsOneAfterAnother() {
        Comparison comparison = comparison(METHODS, "0.03", 2);
        Watched alone = new Watched(3);
        Watched three = new Watched(3);
        List<Trial> expected = run(comparison, new NetworkTrials(alone), "alone");
        assertThat(alone.replicated).isEmpty();
        assertThat(run(comparison, new NetworkTrials(three, 3), "three"))
                .usingRecursiveComparison()
                .ignoringFields("seconds")
                .isEqualTo(expected);
        assertThat(three.replicated).isNotEmpty().allMatch(size -> size == 2 || size == 3);
        assertThat(expected).hasSize(28).allMatch(Trial::ok);
        assertThat(TrialStore.tuning(temporary.resolve("three")))
                .containsExactlyInAnyOrderElementsOf(TrialStore.tuning(temporary.resolve("alone")));
        assertThat(TrialStore.trials(temporary.resolve("three"))).allMatch(trial -> trial.seconds() > 0);
    }

    @Test
    void whatIsNoNetworkOrStopsEarlyTrainsAlone() {
        NetworkTrials runner = new NetworkTrials(new ReferenceBackend(), 3);
        Comparison comparison = comparison(METHODS, "0.03", 2);
        assertThat(comparison.arms().stream().map(arm -> runner.replicas(comparison, arm)))
                .containsExactly(3, 3, 3, 1, 1, 1, 1);
        assertThat(new NetworkTrials(new ReferenceBackend()).replicas()).isEqualTo(1);
        assertThatThrownBy(() -> new NetworkTrials(new ReferenceBackend(), 0))
                .hasMessage("[replicas] expected >= 1 but received 0");
    }

    @ParameterizedTest
    @CsvSource({"16,16", "15,16 8 8", "5,16 8 4 4 4 4", "1,16 8 4 2"})
    void aGroupThatDoesNotFitTheDeviceIsHalved(int most, String sizes) {
        Comparison comparison = comparison("none", "0.03", 0, 16);
        Watched small = new Watched(most);
        assertThat(run(comparison, new NetworkTrials(small, 16), "small"))
                .usingRecursiveComparison()
                .ignoringFields("seconds")
                .isEqualTo(run(comparison, new NetworkTrials(new ReferenceBackend()), "plain"));
        assertThat(small.replicated.stream().map(Object::toString).collect(Collectors.joining(" ")))
                .isEqualTo(sizes);
    }

    @Test
    void divergedReplicasFailWithTheReasonOfTheirOwn() {
        Comparison comparison = comparison("none", "1e30", 0);
        List<Trial> expected = run(comparison, new NetworkTrials(new ReferenceBackend()), "diverged");
        List<Trial> together = run(comparison, new NetworkTrials(new ReferenceBackend(), 4), "diverged-together");
        assertThat(together).isEqualTo(expected).hasSize(4).noneMatch(Trial::ok).noneMatch(Trial::lost);
    }

    private List<Trial> run(Comparison comparison, TrialRunner runner, String name) {
        Config config = Config.of(comparison, runner, Examples.environment());
        try (TrialStore store = TrialStore.create(temporary.resolve(name), config, false)) {
            return new TrialExecutor(1)
                    .run(comparison, runner, store, ProgressListener.NONE, () -> false)
                    .trials();
        }
    }

    private static Comparison comparison(String methods, String rate, int tune) {
        return comparison(methods, rate, tune, 4);
    }

    private static Comparison comparison(String methods, String rate, int tune, int repeats) {
        Spec.Setting setting = tune == 0 ? new Spec.Setting.Value(rate) : new Spec.Setting.Range(0.01, 0.1);
        return new Comparison(
                "toy",
                new DatasetSource.Parts(blobs(90), Optional.empty(), Optional.empty()),
                "mlp:hidden=6",
                Arm.parseList(methods),
                List.of(20),
                repeats,
                new Training(new Budget.Steps(60), 10, "adam", setting, "cross-entropy", List.of()),
                tune,
                new Protocol.Fraction(0.3),
                Metric.of("accuracy"),
                1);
    }

    private static Dataset blobs(int size) {
        Random random = new Random(4);
        float[][] examples = new float[size][2];
        float[][] rows = new float[size][2];
        for (int i = 0; i < size; i++) {
            examples[i][0] = (float) (3 * (i % 2) + 0.4 * random.nextGaussian());
            examples[i][1] = (float) random.nextGaussian();
            rows[i][i % 2] = 1;
        }
        return ArrayDataset.of("blobs", Shape.of(2), examples, rows, new Targets.Classes(List.of("a", "b")));
    }
}
