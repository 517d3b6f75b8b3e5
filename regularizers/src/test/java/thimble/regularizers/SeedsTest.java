package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thimble.backend.ReferenceBackend;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.method.Method;
import thimble.method.Methods;
import thimble.nn.Activation;
import thimble.nn.Flatten;
import thimble.nn.Linear;
import thimble.nn.Sequential;
import thimble.tensor.Shape;
import thimble.train.Adam;
import thimble.train.CrossEntropy;
import thimble.train.Regularizer;
import thimble.train.TrainedModel;
import thimble.train.Trainer;
import thimble.train.Weights;

/** Every method in a whole training, with its defaults. */
class SeedsTest {
    private static final Shape PICTURE = Shape.of(1, 4, 4);

    private static Stream<String> names() {
        return Methods.discover(Regularizer.class).stream().map(Method::name);
    }

    private static Dataset pictures() {
        SplittableRandom random = new SplittableRandom(8);
        float[][] examples = new float[24][PICTURE.elements()];
        int[] labels = new int[examples.length];
        for (int i = 0; i < examples.length; i++) {
            labels[i] = i % TracedStep.CLASSES;
            for (int e = 0; e < examples[i].length; e++) {
                examples[i][e] = (float) random.nextDouble();
            }
        }
        return ArrayDataset.of("pictures", PICTURE, examples, labels, List.of("a", "b", "c"));
    }

    private static List<float[]> trained(String name, long seed) {
        List<Regularizer> methods = new ArrayList<>();
        if (name.equals("r-drop")) {
            methods.add(new Dropout());
        }
        methods.add(Methods.parse(Regularizer.class, name.equals("l2-sp") ? "l2-sp:towards=initial" : name));
        Sequential model = Sequential.of()
                .then("flatten", new Flatten())
                .then("one", new Linear(5, Activation.RELU))
                .then("two", new Linear(4, Activation.RELU))
                .then("out", new Linear(TracedStep.CLASSES));
        try (TrainedModel trained = new Trainer(
                        new ReferenceBackend(), model, new CrossEntropy(), methods, new Adam(0.02), 8, 2, seed)
                .fit(pictures())) {
            return trained.weights().entries().stream()
                    .map(Weights.Entry::values)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theSameSeedTrainsTheSameBitsAndAnotherDoesNot(String name) {
        List<float[]> first = trained(name, 3);
        List<float[]> second = trained(name, 3);
        for (int i = 0; i < first.size(); i++) {
            for (float weight : first.get(i)) {
                assertThat(weight).isFinite();
            }
            assertThat(second.get(i)).containsExactly(first.get(i));
        }
        assertThat(trained(name, 4).getFirst()).isNotEqualTo(first.getFirst());
    }
}
