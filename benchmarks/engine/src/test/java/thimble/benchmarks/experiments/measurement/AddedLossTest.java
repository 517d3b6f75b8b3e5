package thimble.benchmarks.experiments.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thimble.backend.ReferenceBackend;
import thimble.benchmarks.Examples;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Conditions;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.train.TrainedModel;

class AddedLossTest {
    private static AddedLoss added(Dataset train, String model, String loss) {
        DatasetSource.Parts toy = new DatasetSource.Parts(train, Optional.of(train), Optional.empty());
        Bench bench = new Bench(new ReferenceBackend(), name -> toy, 1, Path.of("unused"), () -> false);
        Conditions conditions =
                Conditions.of("toy", model).loss(loss).steps(20).batch(10).rate(0.05);
        try (TrainedModel network = bench.train(conditions, "none", 20, 1)) {
            return AddedLoss.of(network, train, 1);
        }
    }

    @Test
    void noiseOnALinearModelWithSquaredErrorAddsTheWeights() {
        AddedLoss added = added(Examples.numbers(30), "linear", "mean-squared-error");
        assertThat(added.part()).isCloseTo(1, within(1e-6));
        assertThat(added.share(0.01)).isCloseTo(1, within(1e-4));
        assertThat(added.share(1)).isCloseTo(1, within(1e-4));
    }

    @Test
    void noiseOnALogisticModelAddsTheTermForSmallNoise() {
        AddedLoss added = added(Examples.classes("toy", 30, 3), "linear", "binary-cross-entropy");
        assertThat(added.part()).isCloseTo(1, within(1e-6));
        assertThat(added.share(0.01)).isCloseTo(1, within(1e-3));
    }

    @Test
    void ofTwoLayersTheSquaredJacobianIsOnlyAPart() {
        AddedLoss added = added(Examples.classes("toy", 30, 3), "mlp:hidden=5,activation=tanh", "mean-squared-error");
        assertThat(added.part()).isNotCloseTo(1, within(1e-4));
        assertThat(added.share(0.01)).isCloseTo(1, within(1e-3));
        assertThat(added.share(1)).isNotCloseTo(1, within(1e-2));
    }

    @ParameterizedTest
    @CsvSource({
        "linear, mean-squared-error",
        "linear, binary-cross-entropy",
        "mlp:hidden=5, mean-squared-error",
        "mlp:hidden=5, binary-cross-entropy"
    })
    void theTermIsWithinATwentiethUpToTheLargestSmallNoise(String model, String loss) {
        String spec = model.equals("linear") ? model : model + ",activation=tanh";
        AddedLoss added = added(Examples.classes("toy", 30, 3), spec, loss);
        assertThat(added.share(0.05)).isCloseTo(1, within(0.05));
        assertThat(added.share(0.02)).isCloseTo(1, within(0.05));
    }
}
