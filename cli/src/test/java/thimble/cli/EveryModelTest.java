package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.backend.ReferenceBackend;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.method.Methods;
import thimble.nn.Models;
import thimble.tensor.Shape;
import thimble.train.CrossEntropy;
import thimble.train.Regularizer;
import thimble.train.Sgd;
import thimble.train.TrainedModel;
import thimble.train.Trainer;
import thimble.train.Weights;

/** Methods that differentiate twice or disturb a stage train recurrent and residual networks alike. */
class EveryModelTest {
    private static final List<String> METHODS = List.of("spectreg", "datagrad", "adversarial-features", "vat");

    private static Dataset data(Shape example) {
        SplittableRandom random = new SplittableRandom(4);
        float[][] examples = new float[8][example.elements()];
        int[] labels = new int[examples.length];
        for (int i = 0; i < examples.length; i++) {
            labels[i] = i % 4;
            for (int e = 0; e < example.elements(); e++) {
                examples[i][e] = (float) random.nextDouble();
            }
        }
        return ArrayDataset.of("random", example, examples, labels, List.of("a", "b", "c", "d"));
    }

    private static List<float[]> trained(String network, List<Regularizer> methods) {
        Dataset data = data(network.startsWith("gru") ? Shape.of(6, 3) : Shape.of(2, 8, 8));
        try (TrainedModel model = new Trainer(
                        new ReferenceBackend(),
                        Models.parse(network, data),
                        new CrossEntropy(),
                        methods,
                        new Sgd(0.5),
                        8,
                        1,
                        1)
                .steps(1)
                .fit(data)) {
            return model.weights().entries().stream().map(Weights.Entry::values).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru:units=5", "resnet8:conv=harmonic"})
    void trainsWithEveryMethod(String network) {
        List<float[]> plain = trained(network, List.of());
        for (String method : METHODS) {
            List<float[]> weights = trained(network, List.of(Methods.parse(Regularizer.class, method)));
            boolean changed = false;
            for (int w = 0; w < weights.size(); w++) {
                for (float value : weights.get(w)) {
                    assertThat(value).as(method).isFinite();
                }
                changed |= !Arrays.equals(weights.get(w), plain.get(w));
            }
            assertThat(changed).as(method).isTrue();
        }
    }
}
