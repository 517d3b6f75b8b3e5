package thimble.benchmarks.experiments.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import thimble.backend.ReferenceBackend;
import thimble.benchmarks.Examples;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Records;
import thimble.data.DatasetSource;
import thimble.train.TrainedModel;

class InputGradientsTest {
    private static final Conditions LINEAR =
            Conditions.of("toy", "linear").steps(3).batch(20);

    private static Bench bench() {
        DatasetSource.Parts toy = new DatasetSource.Parts(
                Examples.classes("train", 60, 3), Optional.of(Examples.classes("test", 40, 3)), Optional.empty());
        return new Bench(new ReferenceBackend(), name -> toy, 1, Path.of("unused"), () -> false);
    }

    @Test
    void theNormOfALinearModelIsThatOfItsWeights() {
        Bench bench = bench();
        try (TrainedModel model = bench.train(LINEAR, "none", 30, 1);
                InputGradients gradients = InputGradients.of(model, bench.backend())) {
            double squares = 0;
            for (float weight : model.weights().find("out.kernel").orElseThrow().values()) {
                squares += (double) weight * weight;
            }
            double[] norms = gradients.jacobianNorms(new float[][] {{0, 1}, {7, 2}, {-3, 0.5f}});
            assertThat(norms).hasSize(3);
            for (double norm : norms) {
                assertThat(norm).isCloseTo(Math.sqrt(squares), within(1e-5));
            }
        }
    }

    @Test
    void theMeasurementComparesEveryArmWithThePlainOne() {
        Bench bench = bench();
        GradientNorms norms = new GradientNorms(LINEAR, 30, 2, "none", java.util.List.of("none"));
        var values = new java.util.LinkedHashMap<String, java.util.Map<String, Double>>();
        norms.runs(Form.FULL).forEach(run -> values.put(run.key(), run.work().values(bench)));
        java.util.List<Finding> rows = norms.findings(new Records(values));
        assertThat(rows).hasSize(9);
        Finding flatter = rows.getLast();
        assertThat(flatter.ours().orElseThrow()).isCloseTo(1, within(1e-12));
        assertThat(flatter.outcome()).isNotEqualTo(Outcome.HOLDS);
    }
}
