package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import thimble.tensor.Tensor;
import thimble.train.MeanSquaredError;
import thimble.train.Sgd;

class DropoutTest {
    private static final int STEPS = 2000;

    @Test
    void outputsAreZeroOrScaledAndTheirMeanStays() {
        TracedStep plain = new TracedStep(TracedStep.mlp());
        double[] kept = plain.value(plain.trace.layer("hidden"));
        TracedStep step = new TracedStep(TracedStep.mlp(), new Dropout(0.3));
        Tensor hidden = step.trace.layer("hidden");
        double[] mean = new double[kept.length];
        int zeros = 0;
        for (int t = 0; t < STEPS; t++) {
            double[] y = step.at(t).value(hidden);
            for (int i = 0; i < y.length; i++) {
                assertThat(y[i] == 0 || Math.abs(y[i] - kept[i] / 0.7) < 1e-6).isTrue();
                zeros += y[i] == 0 ? 1 : 0;
                mean[i] += y[i] / STEPS;
            }
        }
        double draws = STEPS * (double) kept.length;
        assertThat(zeros / draws).isCloseTo(0.3, within(4 * Math.sqrt(0.21 / draws)));
        double deviation = Math.sqrt(0.3 / 0.7 / STEPS);
        for (int i = 0; i < mean.length; i++) {
            assertThat(mean[i]).isCloseTo(kept[i], within(5 * deviation * Math.abs(kept[i])));
        }
    }

    /** Multiplicative noise of mean 1 and variance τ² = p / (1 − p): the expectation is the loss plus τ² Σⱼ hⱼ² ‖W·ⱼ‖². */
    @Test
    void underSquaredErrorItIsTheRidgeOfMultiplicativeNoise() {
        double rate = 0.2;
        TracedStep plain = new TracedStep(TracedStep.mlp(), new MeanSquaredError(), new Sgd(0.1));
        double[] w = plain.parameter("out.kernel");
        double[] h = plain.value(plain.trace.layer("hidden"));
        int width = h.length / TracedStep.BATCH;
        double ridge = 0;
        for (int i = 0; i < h.length; i++) {
            for (int k = 0; k < TracedStep.CLASSES; k++) {
                double weight = w[k * width + i % width];
                ridge += rate / (1 - rate) * h[i] * h[i] * weight * weight / TracedStep.CLASSES / TracedStep.BATCH;
            }
        }
        TracedStep step = new TracedStep(TracedStep.mlp(), new MeanSquaredError(), new Sgd(0.1), new Dropout(rate));
        double sum = 0;
        double squares = 0;
        for (int t = 0; t < STEPS; t++) {
            double loss = step.at(t).loss();
            sum += loss;
            squares += loss * loss;
        }
        double mean = sum / STEPS;
        double error = Math.sqrt((squares / STEPS - mean * mean) / STEPS);
        assertThat(mean - plain.loss()).isCloseTo(ridge, within(4 * error));
        assertThat(ridge).isGreaterThan(20 * error);
    }

    @Test
    void gradientsUseTheMaskOfTheForwardPass() {
        new TracedStep(TracedStep.mlp(), new Dropout(0.5)).checkGradients(() -> 0.0);
    }

    @Test
    void twoPlacesHaveTheirOwnMasks() {
        TracedStep both = new TracedStep(TracedStep.mlp(), new Dropout(0.5, "hidden"), new Dropout(0.2, "out"));
        assertThat(both.value(both.trace.layer("out"))).contains(0.0);
        assertThat(both.value(both.trace.layer("hidden"))).contains(0.0);
    }

    @Test
    void refusesUnknownPlacesAndModelsWithoutHiddenOutputs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TracedStep(TracedStep.mlp(), new Dropout(0.5, "fc9")))
                .withMessageContainingAll("[dropout]", "hidden", "out", "'fc9'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TracedStep(TracedStep.linear(), new Dropout(0.5)))
                .withMessageContainingAll(
                        "[dropout] expected a model with hidden fully connected outputs", "at=NAME", "out");
    }
}
