package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.method.Methods;
import thimble.train.Regularizer;

/** What penalties on gradients by the input have in common, and what sets them apart. */
class GradientPenaltiesTest {
    private static final int HIDDEN = 4;

    private static Regularizer parse(String spec) {
        return Methods.parse(Regularizer.class, spec);
    }

    /** The same function of x / s has a gradient s times as long. */
    @ParameterizedTest
    @ValueSource(strings = {"spectreg", "spectreg:projection=sphere", "jacobian", "datagrad"})
    void anInputDividedBySMultipliesThePenaltyByItsSquare(String spec) {
        double s = 3;
        TracedStep step = new TracedStep(TracedStep.mlp(), parse(spec));
        double before = step.penalty();
        double[] x = step.value(step.trace.input());
        Arrays.setAll(x, i -> x[i] / s);
        double[] w = step.parameter("hidden.kernel");
        Arrays.setAll(w, i -> w[i] * s);
        step.reference.feed("input", x);
        step.set("hidden.kernel", w);
        assertThat(step.penalty()).isCloseTo(s * s * before, within(1e-9 * before));
    }

    /** J = W₂ diag(m (1 − h²)) W₁ with the mask m that the logits have seen. */
    @Test
    void thePenaltySeesTheMasksOfTheStep() {
        TracedStep plain = new TracedStep(TracedStep.mlp());
        double[] h = plain.value(plain.trace.layer("hidden"));
        double[] w1 = plain.parameter("hidden.kernel");
        double[] w2 = plain.parameter("out.kernel");
        TracedStep step = new TracedStep(TracedStep.mlp(), new Dropout(0.5), new SpectReg(1, Projection.EXACT));
        double[] dropped = step.value(step.trace.layer("hidden"));
        assertThat(dropped).contains(0.0);
        double expected = 0;
        for (int n = 0; n < TracedStep.BATCH; n++) {
            for (int k = 0; k < TracedStep.CLASSES; k++) {
                for (int f = 0; f < TracedStep.FEATURES; f++) {
                    double j = 0;
                    for (int u = 0; u < HIDDEN; u++) {
                        double y = h[n * HIDDEN + u];
                        double mask = dropped[n * HIDDEN + u] / y;
                        j += w2[k * HIDDEN + u] * mask * (1 - y * y) * w1[u * TracedStep.FEATURES + f];
                    }
                    expected += j * j / TracedStep.BATCH;
                }
            }
        }
        assertThat(step.penalty()).isCloseTo(expected, within(1e-9 * expected));
    }

    /** With all examples on the right side of a steep linear model, nothing is left of p − y, but all of the weights. */
    @Test
    void theGradientOfTheLossFadesWhereTheJacobianStays() {
        double[] fading = new double[3];
        double[] staying = new double[3];
        for (int i = 0; i < 3; i++) {
            double steepness = 10 * (i + 1);
            fading[i] = separated(new DataGrad(1), steepness);
            staying[i] = separated(new SpectReg(1, Projection.EXACT), steepness);
        }
        assertThat(fading[1]).isLessThan(1e-3 * fading[0]);
        assertThat(fading[2]).isLessThan(1e-3 * fading[1]);
        assertThat(staying[2]).isCloseTo(9 * staying[0], within(1e-9 * staying[2]));
    }

    /** The penalty of z = c · x at examples that are the unit vectors of their classes. */
    private static double separated(Regularizer method, double steepness) {
        TracedStep step = new TracedStep(TracedStep.linear(), method);
        double[] target = step.value(step.trace.target());
        double[] x = new double[TracedStep.BATCH * TracedStep.FEATURES];
        double[] kernel = new double[TracedStep.CLASSES * TracedStep.FEATURES];
        for (int k = 0; k < TracedStep.CLASSES; k++) {
            kernel[k * TracedStep.FEATURES + k] = steepness;
            for (int n = 0; n < TracedStep.BATCH; n++) {
                x[n * TracedStep.FEATURES + k] = target[n * TracedStep.CLASSES + k];
            }
        }
        step.reference.feed("input", x);
        step.set("out.kernel", kernel);
        step.set("out.bias", new double[TracedStep.CLASSES]);
        return step.penalty();
    }
}
