package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import thimble.nn.Parameter;
import thimble.tensor.Gradients;
import thimble.tensor.Tensor;
import thimble.train.StepTrace;

/**
 * The gradient of a gradient penalty from first derivatives alone, as an independent check: with v = ∂φ/∂x as a constant, the derivative of
 * Σ ‖v‖² by the weights is [∂φ/∂θ(x + h v) − ∂φ/∂θ(x − h v)] / h up to O(h²).
 */
class FirstOrderTest {
    private static final double H = 1e-4;

    private static void check(TracedStep step, Function<StepTrace, Tensor> potential) {
        List<Tensor> weights =
                step.trace.parameters().stream().map(Parameter::tensor).toList();
        Tensor phi = potential.apply(step.trace);
        Tensor penalty = step.trace.loss().sub(step.trace.lossPerExample().mean());
        List<double[]> second = step.reference.values(Gradients.of(penalty, weights));
        Tensor first = phi.gradient(step.trace.input());
        double[] v = step.value(first);
        double[] x = step.value(step.trace.input());
        List<double[]> above = at(step, phi, weights, x, v, H);
        List<double[]> below = at(step, phi, weights, x, v, -H);
        for (int p = 0; p < weights.size(); p++) {
            double largest = Arrays.stream(second.get(p)).map(Math::abs).max().orElseThrow();
            for (int i = 0; i < second.get(p).length; i++) {
                double estimate = (above.get(p)[i] - below.get(p)[i]) / H / TracedStep.BATCH;
                assertThat(second.get(p)[i]).isCloseTo(estimate, within(1e-6 * Math.max(1, largest)));
            }
        }
    }

    private static List<double[]> at(
            TracedStep step, Tensor phi, List<Tensor> weights, double[] x, double[] v, double h) {
        double[] moved = new double[x.length];
        Arrays.setAll(moved, i -> x[i] + h * v[i]);
        step.reference.feed("input", moved);
        return step.reference.values(Gradients.of(phi, weights));
    }

    @Test
    void agreesWithDoubleBackpropagationOfTheLoss() {
        check(
                new TracedStep(TracedStep.mlp(), new DataGrad(1)),
                trace -> trace.lossPerExample().sum());
    }

    @Test
    void agreesWithDoubleBackpropagationOfProjectedLogits() {
        check(
                new TracedStep(TracedStep.mlp(), new SpectReg(1)),
                trace -> Tensor.signs("spectreg", trace.logits().shape(), true)
                        .mul(trace.logits())
                        .sum());
    }
}
