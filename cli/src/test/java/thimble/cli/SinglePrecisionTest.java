package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.backend.Backend;
import thimble.backend.Backends;
import thimble.backend.ReferenceBackend;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.method.Methods;
import thimble.nn.Models;
import thimble.tensor.Shape;
import thimble.train.CrossEntropy;
import thimble.train.Regularizer;
import thimble.train.Schedule;
import thimble.train.Sgd;
import thimble.train.TrainedModel;
import thimble.train.Trainer;
import thimble.train.Weights;

/** What methods add to a step in the precision in which networks are trained, against float64. */
class SinglePrecisionTest {
    private static Dataset pictures() {
        SplittableRandom random = new SplittableRandom(8);
        float[][] examples = new float[16][36];
        int[] labels = new int[examples.length];
        for (int i = 0; i < examples.length; i++) {
            labels[i] = i % 4;
            for (int e = 0; e < 36; e++) {
                examples[i][e] = (float) random.nextDouble();
            }
        }
        return ArrayDataset.of("pictures", Shape.of(1, 6, 6), examples, labels, List.of("a", "b", "c", "d"));
    }

    /** All weights after one step. */
    private static List<float[]> weights(Backend backend, String network, List<Regularizer> methods) {
        Dataset data = pictures();
        Sgd descent = new Sgd(0.1, 0, false, Schedule.CONSTANT, 0);
        try (TrainedModel model = new Trainer(
                        backend, Models.parse(network, data), new CrossEntropy(), methods, descent, 16, 1, 1)
                .fit(data)) {
            return model.weights().entries().stream().map(Weights.Entry::values).toList();
        }
    }

    /** How far what a method adds to a step in float32 is from what it adds in float64, relative to that. */
    private static double error(String network, String spec) {
        List<Regularizer> methods = List.of(Methods.parse(Regularizer.class, spec));
        List<float[]> plain = weights(new ReferenceBackend(), network, List.of());
        List<float[]> exact = weights(new ReferenceBackend(), network, methods);
        List<float[]> single = weights(Backends.choose("cpu").backend(), network, methods);
        double error = 0;
        double length = 0;
        for (int w = 0; w < plain.size(); w++) {
            for (int i = 0; i < plain.get(w).length; i++) {
                error += Math.pow(single.get(w)[i] - exact.get(w)[i], 2);
                length += Math.pow(exact.get(w)[i] - plain.get(w)[i], 2);
            }
        }
        return Math.sqrt(error / length);
    }

    /** The default distance of the difference stands clear of rounding; a millionth of the length drowns in it. */
    @ParameterizedTest
    @ValueSource(strings = {"vat:alpha=30", "adversarial-features:beta=300,kind=kl,at=fc1"})
    void theDefaultDistanceFindsTheDirectionOfFloat64(String spec) {
        double standard = error("mlp:hidden=24-12", spec);
        assertThat(standard).isLessThan(1e-4);
        assertThat(error("mlp:hidden=24-12", spec + ",xi=1e-6")).isGreaterThan(30 * standard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spectreg:lambda=30", "jacobian:lambda=30,projections=-1", "datagrad:lambda=30"})
    void penaltiesOfSecondOrderAreThoseOfFloat64(String spec) {
        assertThat(error("lenet5", spec)).isLessThan(1e-5);
    }
}
