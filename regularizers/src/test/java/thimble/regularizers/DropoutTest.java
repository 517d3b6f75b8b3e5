package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import thimble.tensor.Tensor;

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
