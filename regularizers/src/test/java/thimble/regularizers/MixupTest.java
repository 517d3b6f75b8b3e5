package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import thimble.nn.Activation;
import thimble.nn.Linear;
import thimble.nn.Sequential;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.train.CrossEntropy;
import thimble.train.Regularizer;
import thimble.train.Sgd;
import thimble.train.StepScalar;
import thimble.train.StepSetup;
import thimble.train.TrainingStep;

class MixupTest {
    private static double share(TracedStep step, long at) {
        return step.step.scalars().stream()
                .filter(scalar -> scalar.input().endsWith(".share"))
                .map(StepScalar::value)
                .findFirst()
                .orElseThrow()
                .at(3, at);
    }

    private static void checkMixed(double[] mixed, double[] plain, double share) {
        int width = plain.length / TracedStep.BATCH;
        for (int i = 0; i < plain.length; i++) {
            double partner = plain[(i + width) % plain.length];
            assertThat(mixed[i]).isCloseTo(share * plain[i] + (1 - share) * partner, within(1e-6));
        }
    }

    @Test
    void inputsAndTargetsAreMixedWithOneCoefficientPerStep() {
        TracedStep plain = new TracedStep(TracedStep.mlp());
        TracedStep step = new TracedStep(TracedStep.mlp(), new Mixup());
        for (long t : new long[] {0, 1, 5}) {
            step.at(t);
            checkMixed(step.value(step.trace.input()), plain.value(plain.trace.input()), share(step, t));
            double[] y = step.value(step.trace.target());
            checkMixed(y, plain.value(plain.trace.target()), share(step, t));
            for (int n = 0; n < TracedStep.BATCH; n++) {
                double mass = 0;
                for (int k = 0; k < TracedStep.CLASSES; k++) {
                    mass += y[n * TracedStep.CLASSES + k];
                }
                assertThat(mass).isCloseTo(1, within(1e-12));
            }
        }
        assertThat(share(step, 0)).isNotEqualTo(share(step, 1));
    }

    /** λ CE(y) + (1 − λ) CE(y′), both at the mixed input. */
    @Test
    void theLossIsTheMixtureOfBothCrossEntropies() {
        TracedStep step = new TracedStep(TracedStep.mlp(), new Mixup());
        double[] logQ = step.value(step.trace.logits().logSoftmax());
        double[] y = new TracedStep(TracedStep.mlp()).value(Tensor.batch("target", Shape.of(6, 3)));
        double share = share(step, 0);
        double expected = 0;
        for (int i = 0; i < y.length; i++) {
            double partner = y[(i + TracedStep.CLASSES) % y.length];
            expected -= (share * y[i] + (1 - share) * partner) * logQ[i] / TracedStep.BATCH;
        }
        assertThat(step.loss()).isCloseTo(expected, within(1e-6));
    }

    @Test
    void gradientsAgreeWithDifferences() {
        new TracedStep(TracedStep.mlp(), new Mixup()).checkGradients(() -> 0.0);
        new TracedStep(TracedStep.mlp(), new ManifoldMixup()).checkGradients(() -> 0.0);
    }

    @Test
    void aHiddenStageAndTheTargetsAreMixed() {
        TracedStep plain = new TracedStep(TracedStep.mlp());
        TracedStep step = new TracedStep(TracedStep.mlp(), new ManifoldMixup());
        assertThat(step.value(step.trace.input())).containsExactly(plain.value(plain.trace.input()));
        checkMixed(step.value(step.trace.layer("hidden")), plain.value(plain.trace.layer("hidden")), share(step, 0));
        checkMixed(step.value(step.trace.target()), plain.value(plain.trace.target()), share(step, 0));
    }

    @Test
    void oneStageIsDrawnPerStep() {
        Sequential deep = Sequential.of()
                .then("one", new Linear(4, Activation.RELU))
                .then("two", new Linear(4, Activation.RELU))
                .then("out", new Linear(TracedStep.CLASSES));
        assertThat(new TracedStep(deep, new ManifoldMixup()).step.variants()).hasSize(2);
        assertThat(new TracedStep(deep, new ManifoldMixup(2, "", true)).step.variants())
                .hasSize(3);
        assertThat(new TracedStep(deep, new ManifoldMixup(2, "two", true)).step.variants())
                .hasSize(1);
    }

    @Test
    void refusesModelsWithoutStagesSingleExamplesAndOtherMixtures() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TracedStep(TracedStep.linear(), new ManifoldMixup()))
                .withMessageStartingWith("[manifold-mixup] expected a model with hidden stages; input=true");
        StepSetup single = new StepSetup(
                TracedStep.mlp(),
                new CrossEntropy(),
                List.of(new Mixup()),
                new Sgd(0.1),
                1,
                Shape.of(TracedStep.FEATURES),
                TracedStep.CLASSES,
                10);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainingStep.of(single))
                .withMessage("[mixup] expected batches of at least 2 examples, to pair them, but received 1");
        for (Map.Entry<Regularizer, Regularizer> pair : Map.<Regularizer, Regularizer>of(
                        new Mixup(), new CutMix(), new CutMix(), new ManifoldMixup())
                .entrySet()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TracedStep(TracedStep.mlp(), pair.getKey(), pair.getValue()))
                    .withMessage("[" + pair.getKey().name() + "] expected a step without "
                            + pair.getValue().name() + " but received both; leave one of them out");
        }
    }
}
