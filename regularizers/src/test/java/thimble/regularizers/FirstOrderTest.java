package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import thimble.nn.Activation;
import thimble.nn.Conv2d;
import thimble.nn.Flatten;
import thimble.nn.Layer;
import thimble.nn.Linear;
import thimble.nn.Norm;
import thimble.nn.Parameter;
import thimble.nn.Pool2d;
import thimble.nn.Sequential;
import thimble.tensor.Gradients;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;
import thimble.train.CrossEntropy;
import thimble.train.Regularizer;
import thimble.train.Sgd;
import thimble.train.StepTrace;

/**
 * The gradient of a gradient penalty from first derivatives alone, as an independent check of our own derivation: with v = ∂φ/∂x as a constant,
 * the derivative of Σ ‖v‖² by the weights is [∂φ/∂θ(x + h v) − ∂φ/∂θ(x − h v)] / h up to O(h²).
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
        double error = 0;
        double length = 0;
        for (int p = 0; p < weights.size(); p++) {
            for (int i = 0; i < second.get(p).length; i++) {
                double estimate = (above.get(p)[i] - below.get(p)[i]) / H / TracedStep.BATCH;
                error += Math.pow(second.get(p)[i] - estimate, 2);
                length += Math.pow(second.get(p)[i], 2);
            }
        }
        assertThat(Math.sqrt(error / length)).isLessThan(1e-6);
    }

    private static List<double[]> at(
            TracedStep step, Tensor phi, List<Tensor> weights, double[] x, double[] v, double h) {
        double[] moved = new double[x.length];
        Arrays.setAll(moved, i -> x[i] + h * v[i]);
        step.reference.feed("input", moved);
        return step.reference.values(Gradients.of(phi, weights));
    }

    /** Smooth, and with relu and largest elements, whose kinks are not crossed over so small a distance. */
    private static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of(Shape.of(TracedStep.FEATURES), TracedStep.mlp()),
                Arguments.of(
                        Shape.of(2, 9, 8),
                        Sequential.of()
                                .then(
                                        "conv1",
                                        new Conv2d(4, Window.of(3, 3).padding(1).groups(2), Norm.NONE, Activation.RELU))
                                .then("pool", Pool2d.max(2))
                                .then(
                                        "conv2",
                                        new Conv2d(3, Window.of(3, 2).stride(2, 1), Norm.NONE, Activation.SOFTPLUS))
                                .then("flatten", new Flatten())
                                .then("out", new Linear(TracedStep.CLASSES))));
    }

    private static TracedStep step(Shape example, Layer model, Regularizer method) {
        return new TracedStep(example, model, new CrossEntropy(), new Sgd(TracedStep.RATE), method);
    }

    @ParameterizedTest
    @MethodSource("models")
    void agreesWithDoubleBackpropagationOfTheLoss(Shape example, Layer model) {
        check(
                step(example, model, new DataGrad(1)),
                trace -> trace.lossPerExample().sum());
    }

    @ParameterizedTest
    @MethodSource("models")
    void agreesWithDoubleBackpropagationOfProjectedLogits(Shape example, Layer model) {
        check(
                step(example, model, new SpectReg(1)),
                trace -> Tensor.signs("spectreg", trace.logits().shape(), true)
                        .mul(trace.logits())
                        .sum());
    }
}
