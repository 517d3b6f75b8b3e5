package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import thimble.nn.Linear;
import thimble.nn.Sequential;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.train.MeanSquaredError;
import thimble.train.Sgd;
import thimble.train.StepSetup;
import thimble.train.TrainingStep;

class LabelSmoothingTest {
    @Test
    void theTargetIsMixedAndTheGradientIsPredictionMinusMixture() {
        TracedStep step = new TracedStep(TracedStep.mlp(), new LabelSmoothing(0.3));
        double[] q = step.value(step.trace.target());
        double[] p = step.value(step.trace.logits().softmax());
        double[] gradient = step.value(step.trace.loss().gradient(step.trace.logits()));
        for (int i = 0; i < q.length; i++) {
            assertThat(Math.min(Math.abs(q[i] - 0.1), Math.abs(q[i] - 0.8))).isLessThan(1e-12);
            assertThat(gradient[i] * TracedStep.BATCH).isCloseTo(p[i] - q[i], within(1e-12));
        }
    }

    @Test
    void theLossIsTheMixtureOfBothCrossEntropies() {
        TracedStep plain = new TracedStep(TracedStep.mlp());
        TracedStep smooth = new TracedStep(TracedStep.mlp(), new LabelSmoothing(0.3));
        double uniform = plain.scalar(plain.trace.logits().logSoftmax().mean().neg());
        assertThat(smooth.loss()).isCloseTo(0.7 * plain.loss() + 0.3 * uniform, within(1e-12));
    }

    /** At p = q, here by unit vectors as inputs and log q as weights, the loss is the entropy of q and no gradient is left. */
    @Test
    void theLeastLossIsTheEntropyOfTheMixture() {
        double epsilon = 0.3;
        double[] q = {1 - epsilon * 2 / 3, epsilon / 3, epsilon / 3};
        TracedStep step = new TracedStep(TracedStep.linear(), new LabelSmoothing(epsilon));
        double[] target = new TracedStep(TracedStep.linear())
                .value(Tensor.batch("target", Shape.of(TracedStep.BATCH, TracedStep.CLASSES)));
        double[] inputs = new double[TracedStep.BATCH * TracedStep.FEATURES];
        double[] kernel = new double[TracedStep.CLASSES * TracedStep.FEATURES];
        for (int k = 0; k < TracedStep.CLASSES; k++) {
            for (int n = 0; n < TracedStep.BATCH; n++) {
                inputs[n * TracedStep.FEATURES + k] = target[n * TracedStep.CLASSES + k];
            }
            for (int j = 0; j < TracedStep.CLASSES; j++) {
                kernel[k * TracedStep.FEATURES + j] = Math.log(q[Math.floorMod(k - j, TracedStep.CLASSES)]);
            }
        }
        step.reference.feed("input", inputs);
        step.set("out.kernel", kernel);
        step.set("out.bias", 0, 0, 0);
        double entropy = -q[0] * Math.log(q[0]) - 2 * q[1] * Math.log(q[1]);
        assertThat(step.loss()).isCloseTo(entropy, within(1e-12));
        double[] none = new double[TracedStep.BATCH * TracedStep.CLASSES];
        assertThat(step.value(step.trace.loss().gradient(step.trace.logits()))).containsExactly(none, within(1e-12));
    }

    @Test
    void gradientsAgreeWithDifferences() {
        new TracedStep(TracedStep.mlp(), new LabelSmoothing(0.9)).checkGradients(() -> 0.0);
    }

    @Test
    void refusesASingleTargetColumn() {
        Sequential model = Sequential.of().then("out", new Linear(1));
        StepSetup setup = new StepSetup(
                model,
                new MeanSquaredError(),
                java.util.List.of(new LabelSmoothing()),
                new Sgd(0.1),
                4,
                Shape.of(3),
                1,
                10);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainingStep.of(setup))
                .withMessage("[label-smoothing] expected one target column per class, at least 2, but received [4,1]");
    }
}
