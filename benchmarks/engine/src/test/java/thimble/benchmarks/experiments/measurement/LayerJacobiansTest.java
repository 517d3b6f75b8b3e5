package thimble.benchmarks.experiments.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import thimble.backend.ReferenceBackend;
import thimble.benchmarks.Examples;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Records;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.train.TrainedModel;

class LayerJacobiansTest {
    private static final Dataset TEST = Examples.classes("test", 400, 3);

    private static Bench bench() {
        DatasetSource.Parts toy =
                new DatasetSource.Parts(Examples.classes("train", 60, 3), Optional.of(TEST), Optional.empty());
        return new Bench(new ReferenceBackend(), name -> toy, 1, Path.of("unused"), () -> false);
    }

    @Test
    void theJacobianOfALinearModelIsItsKernel() {
        Bench bench = bench();
        Conditions linear = Conditions.of("toy", "linear").steps(3).batch(20);
        try (TrainedModel model = bench.train(linear, "none", 30, 1)) {
            List<LayerGradients.Stage> stages = LayerGradients.of(model, bench.backend(), TEST, 1);
            assertThat(stages).extracting(LayerGradients.Stage::name).containsExactly("output");
            double norm = LayerGradients.kernels(model).values().iterator().next();
            assertThat(stages.getFirst().jacobian()).isCloseTo(norm, within(0.15 * norm)); // 400 random projections
        }
    }

    @Test
    void hiddenStagesStandInOrder() {
        Bench bench = bench();
        Conditions layers = Conditions.of("toy", "mlp:hidden=4-3").steps(3).batch(20);
        try (TrainedModel model = bench.train(layers, "none", 30, 1)) {
            List<LayerGradients.Stage> stages = LayerGradients.of(model, bench.backend(), TEST, 1);
            assertThat(stages).extracting(LayerGradients.Stage::name).containsExactly("fc1", "fc2", "output");
            assertThat(stages).allMatch(stage -> stage.jacobian() > 0 && stage.relative() > 0);
            assertThat(LayerGradients.kernels(model).keySet())
                    .containsExactly("fc1.kernel", "fc2.kernel", "out.kernel");
        }
    }

    @Test
    void theSameChangeIsSoughtByHalving() {
        assertThat(EqualNoise.sought(0.09, s -> s * s)).isCloseTo(0.3, within(1e-3));
        EqualNoise noise =
                new EqualNoise(new DatasetSource.Parts(Examples.numbers(3), Optional.empty(), Optional.empty()), 1);
        assertThat(noise.square()).isCloseTo(5.0 / 6, within(1e-9)); // (0, 0), (1, 0), (2, 0)
    }

    @Test
    void flatterInnerLayersAreJudged() {
        LayerJacobians jacobians = new LayerJacobians(Conditions.of("glyphs", "lenet"), 100, 3);
        LinkedHashMap<String, Map<String, Double>> all = new LinkedHashMap<>();
        for (Measurement.Run run : jacobians.runs(Form.FULL)) {
            boolean decoded = run.key().startsWith("d(z");
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("gap", 0.5);
            values.put("change", 0.01);
            for (String stage : List.of("pool1", "pool2", "fc1", "output")) {
                double inner = decoded && !stage.equals("pool1") ? 0.5 : 1;
                values.put("jacobian " + stage, 2 * inner);
                values.put("relative " + stage, inner);
            }
            List.of("conv1.kernel", "conv2.kernel", "fc1.kernel", "out.kernel").forEach(name -> values.put(name, 3.0));
            all.put(run.key(), values);
        }
        List<Finding> rows = jacobians.findings(new Records(all));
        assertThat(rows).allMatch(row -> row.outcome() != Outcome.OPEN);
        Finding inner = row(rows, "inner layers flattened over the first flattened, d(z + r)");
        assertThat(inner.ours().orElseThrow()).isCloseTo(2, within(1e-9));
        assertThat(inner.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(row(rows, "inner layers flattened over the first flattened, x + r")
                        .outcome())
                .isEqualTo(Outcome.REPORTED);
        assertThat(row(rows, "inner over first, d(z + r) over x + r").outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(jacobians.findings(new Records(new LinkedHashMap<>())))
                .hasSameSizeAs(rows)
                .allMatch(row -> row.outcome() == Outcome.OPEN);
    }

    private static Finding row(List<Finding> rows, String label) {
        return rows.stream()
                .filter(row -> row.label().equals(label))
                .findFirst()
                .orElseThrow();
    }
}
