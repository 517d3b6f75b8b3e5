package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import thimble.nn.Activation;
import thimble.nn.Linear;
import thimble.nn.Norm;
import thimble.nn.Sequential;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.train.MeanSquaredError;
import thimble.train.Sgd;
import thimble.train.StepSetup;
import thimble.train.TrainingStep;

class VatTest {
    private static double length(double[] rows, int row) {
        return Math.sqrt(Arrays.stream(rows, row * TracedStep.FEATURES, (row + 1) * TracedStep.FEATURES)
                .map(v -> v * v)
                .sum());
    }

    /** For z = W x + b and small ε the penalty is ½ ε² λ_max(Wᵀ (diag p − p pᵀ) W), averaged. */
    @Test
    void manyIterationsReachTheTopEigenvectorOfALinearModel() {
        double epsilon = 1e-3;
        TracedStep step = new TracedStep(TracedStep.linear(), new Vat(epsilon, 1, 1e-3, 80));
        double[] w = step.parameter("out.kernel");
        double[] p = step.value(step.trace.logits().softmax());
        double expected = 0;
        for (int n = 0; n < TracedStep.BATCH; n++) {
            double[][] h = hessian(w, p, n);
            double[] v = {1, 0.3, -0.7, 0.2, 0.5};
            for (int i = 0; i < 2000; i++) {
                double[] next = times(h, v);
                double norm = length(next, 0);
                Arrays.setAll(next, k -> next[k] / norm);
                v = next;
            }
            expected += 0.5 * epsilon * epsilon * length(times(h, v), 0) / TracedStep.BATCH;
        }
        assertThat(step.penalty()).isCloseTo(expected, within(0.02 * expected));
    }

    private static double[][] hessian(double[] w, double[] p, int n) {
        int m = TracedStep.CLASSES;
        int f = TracedStep.FEATURES;
        double[][] h = new double[f][f];
        for (int i = 0; i < f; i++) {
            for (int j = 0; j < f; j++) {
                double both = 0;
                double left = 0;
                double right = 0;
                for (int k = 0; k < m; k++) {
                    both += p[n * m + k] * w[k * f + i] * w[k * f + j];
                    left += p[n * m + k] * w[k * f + i];
                    right += p[n * m + k] * w[k * f + j];
                }
                h[i][j] = both - left * right;
            }
        }
        return h;
    }

    private static double[] times(double[][] h, double[] v) {
        double[] product = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                product[i] += h[i][j] * v[j];
            }
        }
        return product;
    }

    @Test
    void thePredictionItselfIsAConstantAndTheMinimum() {
        TracedStep step = new TracedStep(TracedStep.mlp(), new Vat(0, 1000, 1e-2, 1));
        assertThat(step.penalty()).isCloseTo(0, within(1e-10));
        assertThat(step.gradients().get("out.kernel"))
                .containsExactly(new TracedStep(TracedStep.mlp()).gradients().get("out.kernel"), within(1e-9));
    }

    @Test
    void gradientsOfADominatingPenaltyAgreeWithDifferencesAtAFixedDisturbance() {
        TracedStep step = new TracedStep(TracedStep.mlp(), new Vat(2, 1000, 1e-2, 1));
        assertThat(step.penalty()).isGreaterThan(10 * (step.loss() - step.penalty()));
        step.checkGradients(step.trace.loss());
    }

    @Test
    void masksAreThoseOfTheUndisturbedPassAndRunningStatisticsToo() {
        TracedStep dropped = new TracedStep(TracedStep.mlp(), new Dropout(0.5), new Vat(0, 1, 1e-2, 1));
        assertThat(dropped.penalty()).isCloseTo(0, within(1e-12));
        Sequential normed = Sequential.of()
                .then("hidden", new Linear(4, Norm.BATCH, Activation.TANH))
                .then("out", new Linear(TracedStep.CLASSES));
        assertThat(new TracedStep(normed, new Vat(1, 1, 1e-2, 1)).updates().get("hidden.norm.mean"))
                .containsExactly(new TracedStep(normed).updates().get("hidden.norm.mean"));
    }

    @Test
    void anExampleIsDisturbedForItself() {
        Sequential normed = Sequential.of()
                .then("hidden", new Linear(4, Norm.BATCH, Activation.TANH))
                .then("out", new Linear(TracedStep.CLASSES));
        TracedStep step = new TracedStep(normed);
        Disturbance around = new Disturbance(step.trace, "vat", step.trace.input());
        Tensor r = Tensor.constant(0.01, step.trace.input().shape());
        Tensor first = around.divergence(around.logits(step.trace.input().add(r)))
                .slice(0, 0, 1)
                .sum();
        double[] gradient = step.value(first.gradient(r));
        assertThat(length(gradient, 0)).isPositive();
        for (int n = 1; n < TracedStep.BATCH; n++) {
            assertThat(length(gradient, n)).isZero();
        }
    }

    @Test
    void refusesASingleOutput() {
        StepSetup setup = new StepSetup(
                Sequential.of().then("out", new Linear(1)),
                new MeanSquaredError(),
                java.util.List.of(new Vat()),
                new Sgd(0.1),
                4,
                Shape.of(3),
                1,
                10);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainingStep.of(setup))
                .withMessage("[vat] expected at least 2 classes but received an output [4,1]");
    }
}
