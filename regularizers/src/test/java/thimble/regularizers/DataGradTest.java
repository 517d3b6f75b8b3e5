package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import thimble.tensor.Gradients;
import thimble.tensor.Tensor;

class DataGradTest {
    private static final int M = TracedStep.CLASSES;
    private static final int F = TracedStep.FEATURES;

    /** z = W x + b: with e = p − y, g = Wᵀe and S = diag(p) − p pᵀ, R = ‖g‖², ∂R/∂W = 2 e gᵀ + 2 (S W g) xᵀ and ∂R/∂b = 2 S W g. */
    @Test
    void aLinearModelHasTheKnownPenaltyAndGradient() {
        TracedStep step = new TracedStep(TracedStep.linear(), new DataGrad(1));
        double[] w = step.parameter("out.kernel");
        double[] x = step.value(step.trace.input());
        double[] p = step.value(step.trace.logits().softmax());
        double[] y = step.value(step.trace.target());
        double penalty = 0;
        double[] byWeight = new double[M * F];
        double[] byBias = new double[M];
        for (int n = 0; n < TracedStep.BATCH; n++) {
            double[] e = new double[M];
            double[] g = new double[F];
            double[] wg = new double[M];
            double mean = 0;
            for (int k = 0; k < M; k++) {
                e[k] = p[n * M + k] - y[n * M + k];
                for (int f = 0; f < F; f++) {
                    g[f] += w[k * F + f] * e[k];
                }
            }
            for (int k = 0; k < M; k++) {
                for (int f = 0; f < F; f++) {
                    wg[k] += w[k * F + f] * g[f];
                }
                mean += p[n * M + k] * wg[k];
            }
            penalty += Arrays.stream(g).map(v -> v * v).sum() / TracedStep.BATCH;
            for (int k = 0; k < M; k++) {
                double swg = p[n * M + k] * (wg[k] - mean);
                byBias[k] += 2 * swg / TracedStep.BATCH;
                for (int f = 0; f < F; f++) {
                    byWeight[k * F + f] += (2 * e[k] * g[f] + 2 * swg * x[n * F + f]) / TracedStep.BATCH;
                }
            }
        }
        assertThat(step.penalty()).isCloseTo(penalty, within(1e-12));
        Tensor added = step.trace.loss().sub(step.trace.lossPerExample().mean());
        assertThat(step.value(Gradients.of(
                                added,
                                step.trace.parameters().stream()
                                        .map(q -> q.tensor())
                                        .toList())
                        .get(0)))
                .containsExactly(byWeight, within(1e-12));
        assertThat(step.value(Gradients.of(
                                added,
                                step.trace.parameters().stream()
                                        .map(q -> q.tensor())
                                        .toList())
                        .get(1)))
                .containsExactly(byBias, within(1e-12));
    }

    @Test
    void gradientsOfADominatingPenaltyAgreeWithDifferences() {
        TracedStep step = new TracedStep(TracedStep.mlp(), new DataGrad(300));
        assertThat(step.penalty()).isGreaterThan(20 * (step.loss() - step.penalty()));
        step.checkGradients(() -> 0.0);
    }

    @Test
    void thePenaltyIsTheMeanOfSingleExamples() {
        TracedStep step = new TracedStep(TracedStep.mlp(), new DataGrad(1));
        double mean = 0;
        for (int n = 0; n < TracedStep.BATCH; n++) {
            Tensor own = step.trace.lossPerExample().slice(0, n, n + 1).sum();
            mean += step.scalar(own.gradient(step.trace.input()).square().sum()) / TracedStep.BATCH;
        }
        assertThat(step.penalty()).isCloseTo(mean, within(1e-12));
    }

    /** Σ ‖∂L̄/∂xᵢ‖² of the batch's mean loss L̄ is 1/B of ours, so that λ of that convention is B times λ here. */
    @Test
    void theGradientOfTheMeanLossNeedsAsManyTimesTheStrengthAsThereAreExamples() {
        TracedStep step = new TracedStep(TracedStep.mlp(), new DataGrad(0.4));
        Tensor mean = step.trace.lossPerExample().mean();
        double summed = step.scalar(mean.gradient(step.trace.input()).square().sum());
        assertThat(step.penalty()).isCloseTo(0.4 * TracedStep.BATCH * summed, within(1e-12));
    }
}
