package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DropConnectTest {
    /** With unit vectors as inputs, logits are columns of the masked kernel plus the bias; the last input is zero. */
    private static double[] logits(TracedStep step) {
        double[] units = new double[TracedStep.BATCH * TracedStep.FEATURES];
        for (int j = 0; j < TracedStep.FEATURES; j++) {
            units[j * TracedStep.FEATURES + j] = 1;
        }
        step.reference.feed("input", units);
        return step.value(step.trace.logits());
    }

    @Test
    void weightsAreZeroOrScaledForTheWholeBatchAndBiasesStay() {
        TracedStep step = new TracedStep(TracedStep.linear(), new DropConnect(0.4));
        double[] w = step.parameter("out.kernel");
        double[] b = step.parameter("out.bias");
        double[] mean = new double[w.length];
        int steps = 2000;
        for (int t = 0; t < steps; t++) {
            double[] z = logits(step.at(t));
            for (int k = 0; k < TracedStep.CLASSES; k++) {
                for (int j = 0; j < TracedStep.FEATURES; j++) {
                    int at = k * TracedStep.FEATURES + j;
                    double weight = z[j * TracedStep.CLASSES + k] - b[k];
                    assertThat(Math.min(Math.abs(weight), Math.abs(weight - w[at] / 0.6)))
                            .isLessThan(1e-6);
                    mean[at] += weight / steps;
                }
                assertThat(z[TracedStep.FEATURES * TracedStep.CLASSES + k]).isEqualTo(b[k]);
            }
        }
        for (int i = 0; i < w.length; i++) {
            assertThat(mean[i]).isCloseTo(w[i], within(5 * Math.sqrt(0.4 / 0.6 / steps) * Math.abs(w[i])));
        }
    }

    @Test
    void gradientsReachTheKeptWeightsOnly() {
        TracedStep step = new TracedStep(TracedStep.mlp(), new DropConnect(0.5));
        step.checkGradients(() -> 0.0);
        assertThat(step.gradients().get("hidden.kernel")).contains(0.0);
    }

    @Test
    void actsOnOneKernelIfNamed() {
        TracedStep step = new TracedStep(TracedStep.mlp(), new DropConnect(0.5, "out.kernel"));
        TracedStep plain = new TracedStep(TracedStep.mlp());
        assertThat(step.value(step.trace.layer("hidden"))).containsExactly(plain.value(plain.trace.layer("hidden")));
        assertThat(step.value(step.trace.logits())).isNotEqualTo(plain.value(plain.trace.logits()));
    }

    @Test
    void refusesUnknownKernels() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TracedStep(TracedStep.mlp(), new DropConnect(0.5, "fc9")))
                .withMessage(
                        "[dropconnect] expected a kernel but received at=fc9; there are: hidden.kernel, out.kernel");
    }
}
