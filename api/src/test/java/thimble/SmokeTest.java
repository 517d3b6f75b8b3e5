package thimble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.backend.ReferenceBackend;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.nn.Activation;
import thimble.nn.Linear;
import thimble.nn.Sequential;
import thimble.train.Adam;
import thimble.train.CrossEntropy;
import thimble.train.TrainedModel;
import thimble.train.Trainer;

/** The first thing to run after a change: a tiny network learns a corner of the plane. */
class SmokeTest {
    @Test
    void aTinyNetworkLearns() {
        float[][] examples = new float[64][];
        int[] labels = new int[64];
        for (int i = 0; i < 64; i++) {
            examples[i] = new float[] {i % 8, i / 8};
            labels[i] = i % 8 > 3 && i / 8 > 3 ? 1 : 0;
        }
        Dataset corner = ArrayDataset.of("corner", examples, labels);
        Sequential layers =
                Sequential.of().then("fc1", new Linear(8, Activation.RELU)).then("out", new Linear(2));
        try (TrainedModel model = new Trainer(
                        new ReferenceBackend(), layers, new CrossEntropy(), List.of(), new Adam(0.05), 16, 40, 1)
                .fit(corner)) {
            float[][] scores = model.predict(corner);
            for (int i = 0; i < 64; i++) {
                assertThat(scores[i][labels[i]]).as("example " + i).isGreaterThan(0.5f);
            }
        }
    }
}
