package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.backend.ReferenceBackend;
import thimble.data.Targets;
import thimble.method.Methods;
import thimble.nn.Activation;
import thimble.nn.Initializer;
import thimble.nn.Initializers;
import thimble.nn.Linear;
import thimble.nn.Norm;
import thimble.nn.Sequential;
import thimble.tensor.Shape;
import thimble.train.Adam;
import thimble.train.CrossEntropy;
import thimble.train.Regularizer;
import thimble.train.Trainer;
import thimble.train.Weights;

/** A last layer that begins at zero hides the model from methods that look through it before the first step. */
class ZeroLastLayerTest {
    private static final Targets CLASSES = new Targets.Classes(List.of("a", "b"));
    private static final int EXAMPLES = 20;

    private static Trainer trainer(String method, Initializer last) {
        Sequential model = Sequential.of()
                .then("fc1", new Linear(4, Activation.RELU))
                .then("out", new Linear(2, Norm.NONE, Activation.IDENTITY, last));
        List<Regularizer> methods = List.of(Methods.parse(Regularizer.class, method));
        return new Trainer(new ReferenceBackend(), model, new CrossEntropy(), methods, new Adam(), 10, 1, 1);
    }

    private static void check(Trainer trainer) {
        trainer.check(Shape.of(3), CLASSES, EXAMPLES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "adversarial-features; or use direction=random",
                "vat; or use gaussian-noise",
                "layerwise-decay; or use l2",
                "layerwise-decay:mode=analytic; or use l2",
                "layerwise-decay:mode=ema; or use l2",
            })
    void isRefusedBeforeTraining(String method, String instead) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check(trainer(method, Initializers.ZEROS)))
                .withMessage("[" + method.replaceAll(":.*", "")
                        + "] expected a last layer that begins with random weights but out.kernel begins at zero, so"
                        + " that nothing before it changes the output; initialize it at random, " + instead);
        assertThatCode(() -> check(trainer(method, Initializers.GLOROT_UNIFORM)))
                .doesNotThrowAnyException();
        Weights given = new Weights(
                List.of(new Weights.Entry("out.kernel", Shape.of(2, 4), new float[] {1, 0, 0, 0, 0, 0, 0, 0})));
        assertThatCode(() -> check(trainer(method, Initializers.ZEROS).initial(given)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"adversarial-features:direction=random", "l2", "spectreg", "jacobian", "datagrad", "sam"})
    void isNoMatterToOthers(String method) {
        assertThatCode(() -> check(trainer(method, Initializers.ZEROS))).doesNotThrowAnyException();
    }
}
