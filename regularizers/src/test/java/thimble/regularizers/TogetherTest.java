package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import thimble.method.Method;
import thimble.method.Methods;
import thimble.nn.Activation;
import thimble.nn.Flatten;
import thimble.nn.Linear;
import thimble.nn.Norm;
import thimble.nn.Sequential;
import thimble.tensor.Shape;
import thimble.train.CrossEntropy;
import thimble.train.Regularizer;
import thimble.train.Sgd;

/** Methods in one step: which act together and which cannot. */
class TogetherTest {
    private static final Sequential MODEL = Sequential.of()
            .then("flatten", new Flatten())
            .then("hidden", new Linear(4, Norm.BATCH, Activation.TANH))
            .then("out", new Linear(TracedStep.CLASSES));

    private static Regularizer parse(String name) {
        return Methods.parse(
                Regularizer.class,
                switch (name) {
                    case "layerwise-decay" -> "layerwise-decay:ratios=0.5/1";
                    case "l2-sp" -> "l2-sp:towards=initial";
                    default -> name;
                });
    }

    /** On pictures, with batch normalisation, and with dropout beside all others, so that every method has what it needs. */
    private static TracedStep step(String one, String other) {
        List<Regularizer> methods = new ArrayList<>(List.of(parse(one), parse(other)));
        if (!one.equals("dropout") && !other.equals("dropout")) {
            methods.addFirst(new Dropout(0.5));
        }
        return new TracedStep(
                Shape.of(1, 3, 3),
                MODEL,
                new CrossEntropy(),
                new Sgd(TracedStep.RATE),
                methods.toArray(Regularizer[]::new));
    }

    @Test
    void everyTwoMethodsTrainTogetherOrAreRefusedByName() {
        List<String> names =
                Methods.discover(Regularizer.class).stream().map(Method::name).toList();
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (int j = 0; j < i; j++) {
                String both = names.get(j) + "+" + names.get(i);
                try {
                    Map<String, double[]> updates =
                            step(names.get(j), names.get(i)).updates();
                    updates.forEach((name, values) -> {
                        for (double value : values) {
                            assertThat(value).as("%s of %s", name, both).isFinite();
                        }
                    });
                } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessageContainingAll(names.get(i), names.get(j), "leave one of them out");
                    refused.add(both);
                }
            }
        }
        assertThat(refused)
                .containsExactlyInAnyOrder(
                        "asam+sam", "cutmix+manifold-mixup", "cutmix+mixup", "manifold-mixup+mixup", "ema+swa");
    }

    @Test
    void theSameMethodTwiceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TracedStep(TracedStep.mlp(), new L2(1e-3), new L2(1e-4)))
                .withMessage("[l2] expected one method of this name but received two; leave one out");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new TracedStep(TracedStep.mlp(), new Dropout(0.5, "hidden"), new Dropout(0.2, "hidden")))
                .withMessage("[dropout] expected one method of this name at hidden but received two; leave one out");
    }

    @Test
    void oneMethodAtTwoPlacesIsNot() {
        TracedStep step = new TracedStep(
                TracedStep.mlp(), new GaussianNoise(0.1, false, "input"), new GaussianNoise(0.1, true, "hidden"));
        assertThat(step.step.scalars())
                .extracting(scalar -> scalar.input())
                .contains("gaussian-noise.sigma", "gaussian-noise#2.sigma");
    }
}
