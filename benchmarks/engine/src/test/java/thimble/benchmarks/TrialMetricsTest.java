package thimble.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import thimble.backend.ReferenceBackend;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.Preprocessing;
import thimble.nn.Models;
import thimble.tensor.Shape;
import thimble.train.CrossEntropy;
import thimble.train.Provenance;
import thimble.train.TrainedModel;
import thimble.train.Weights;

class TrialMetricsTest {
    private static final Dataset DATA = ArrayDataset.of(
            "corners", Shape.of(2), new float[][] {{1, 0}, {0, 1}}, new int[] {0, 1}, List.of("left", "right"));

    private static TrainedModel model(float[] kernel, SequencedMap<String, String> provenance) {
        return new TrainedModel(
                new ReferenceBackend(),
                Models.parse("linear", DATA),
                new CrossEntropy(),
                DATA.example(),
                DATA.targets(),
                List.of(),
                Preprocessing.NONE,
                new Weights(List.of(
                        new Weights.Entry("out.kernel", Shape.of(2, 2), kernel),
                        new Weights.Entry("out.bias", Shape.of(2), new float[2]))),
                provenance);
    }

    @Test
    void exactZerosAmongWeightsAreCountedAndBiasesAreNot() {
        try (TrainedModel model = model(new float[] {1, 0, -0f, 0}, new LinkedHashMap<>())) {
            assertThat(TrialMetrics.train(model, DATA)).containsEntry(Trial.ZEROS, 0.75);
            assertThat(TrialMetrics.held(model, DATA, DATA)).doesNotContainKey(Trial.ZEROS);
        }
    }

    @Test
    void whatMethodsMeasuredBelongsToTheTrial() {
        SequencedMap<String, String> provenance = new LinkedHashMap<>();
        provenance.put(Provenance.NUMBERS, "decay.lambda.fc1=2.5E-4 decay.lambda.out=0.001");
        try (TrainedModel model = model(new float[] {1, 2, 3, 4}, provenance)) {
            assertThat(TrialMetrics.train(model, DATA))
                    .containsEntry("decay.lambda.fc1", 2.5e-4)
                    .containsEntry("decay.lambda.out", 0.001)
                    .containsEntry(Trial.ZEROS, 0.0);
        }
    }
}
