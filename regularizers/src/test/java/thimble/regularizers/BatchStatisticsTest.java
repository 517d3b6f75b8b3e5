package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.nn.Activation;
import thimble.nn.Linear;
import thimble.nn.Norm;
import thimble.nn.Sequential;
import thimble.train.Regularizer;

class BatchStatisticsTest {
    private static final List<Regularizer> FROZEN = List.of(
            new SpectReg(1, Projection.EXACT, 1, SpectReg.Scale.UNIT, BatchStatistics.FROZEN),
            new Jacobian(2, -1, BatchStatistics.FROZEN),
            new DataGrad(1, BatchStatistics.FROZEN));

    private static Sequential normed() {
        return Sequential.of()
                .then("hidden", new Linear(4, Norm.BATCH, Activation.TANH))
                .then("out", new Linear(TracedStep.CLASSES));
    }

    /** The Jacobian of a network with constant statistics is W₂ diag(1 − h²) diag(scale / √(variance + ε)) W₁. */
    @Test
    void frozenStatisticsGiveTheJacobianOfEachExampleAlone() {
        TracedStep step = new TracedStep(normed(), FROZEN.getFirst());
        double[] h = step.value(step.trace.layer("hidden"));
        double[] variance = step.value(step.trace.layer("hidden.norm.variance"));
        double[] scale = step.parameter("hidden.norm.scale");
        double[] w1 = step.parameter("hidden.kernel");
        double[] w2 = step.parameter("out.kernel");
        double expected = 0;
        for (int n = 0; n < TracedStep.BATCH; n++) {
            for (int k = 0; k < TracedStep.CLASSES; k++) {
                for (int f = 0; f < TracedStep.FEATURES; f++) {
                    double j = 0;
                    for (int u = 0; u < 4; u++) {
                        double slope = (1 - h[n * 4 + u] * h[n * 4 + u]) * scale[u] / Math.sqrt(variance[u] + 1e-5);
                        j += w2[k * 4 + u] * slope * w1[u * TracedStep.FEATURES + f];
                    }
                    expected += j * j / TracedStep.BATCH;
                }
            }
        }
        assertThat(step.penalty()).isCloseTo(expected, within(1e-9 * expected));
        assertThat(new TracedStep(normed(), new SpectReg(1, Projection.EXACT)).penalty())
                .isNotCloseTo(expected, within(1e-2 * expected));
    }

    @Test
    void gradientsAgreeWithDifferencesAtFixedStatistics() {
        for (Regularizer method : FROZEN) {
            TracedStep step = new TracedStep(normed(), method);
            step.checkGradients(step.trace.loss());
        }
    }

    @Test
    void runningStatisticsAndTheLossItselfStayThoseOfTheBatch() {
        TracedStep plain = new TracedStep(normed());
        for (Regularizer method : FROZEN) {
            TracedStep step = new TracedStep(normed(), method);
            assertThat(step.value(step.trace.lossPerExample()))
                    .containsExactly(plain.value(plain.trace.lossPerExample()));
            assertThat(step.updates().get("hidden.norm.variance"))
                    .containsExactly(plain.updates().get("hidden.norm.variance"));
        }
    }

    @Test
    void aModelWithoutBatchNormalisationIsRefused() {
        for (Regularizer method : FROZEN) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TracedStep(TracedStep.mlp(), method))
                    .withMessage("[" + method.name()
                            + "] expected a model with batch normalisation to freeze; use statistics=batch for"
                            + " this one");
        }
    }
}
