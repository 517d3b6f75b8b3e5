package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import thimble.nn.Activation;
import thimble.nn.Linear;
import thimble.nn.Norm;
import thimble.nn.Parameter;
import thimble.nn.Sequential;
import thimble.tensor.Gradients;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;

/** Sharpness-aware minimisation, plain and adaptive. */
class SamTest {
    private static final double RHO = 0.3;

    /** The factor T of one weight. */
    private interface Size {
        double of(String parameter, double weight);
    }

    private static double length(Map<String, double[]> gradients, TracedStep at, Size size) {
        double squares = 0;
        for (Map.Entry<String, double[]> entry : gradients.entrySet()) {
            double[] w = at.parameter(entry.getKey());
            for (int i = 0; i < w.length; i++) {
                squares += Math.pow(entry.getValue()[i] * size.of(entry.getKey(), w[i]), 2);
            }
        }
        return Math.sqrt(squares);
    }

    /** The gradients of a step with other methods at ŵ. */
    private static Map<String, double[]> uphill(Size size, Regularizer... others) {
        TracedStep step = new TracedStep(TracedStep.mlp(), others);
        Map<String, double[]> gradients = step.gradients();
        double length = length(gradients, step, size);
        gradients.forEach((name, g) -> {
            double[] w = step.parameter(name);
            double[] climbed = w.clone();
            Arrays.setAll(climbed, i -> w[i] + RHO * Math.pow(size.of(name, w[i]), 2) * g[i] / length);
            step.set(name, climbed);
        });
        return step.gradients();
    }

    private static void same(Map<String, double[]> actual, Map<String, double[]> expected) {
        expected.forEach((name, values) -> assertThat(actual.get(name)).containsExactly(values, within(1e-9)));
    }

    @Test
    void theGradientIsThatOfThePointUphill() {
        same(new TracedStep(TracedStep.mlp(), new Sam(RHO)).gradients(), uphill((_, _) -> 1));
    }

    @Test
    void theAdaptiveStepIsMeasuredAgainstEachWeight() {
        Size size = (name, w) -> name.endsWith("kernel") ? Math.abs(w) + 0.2 : 1;
        same(new TracedStep(TracedStep.mlp(), new Asam(RHO, 0.2)).gradients(), uphill(size));
    }

    @Test
    void penaltiesAndMasksBelongToTheLossThatIsClimbed() {
        same(
                new TracedStep(TracedStep.mlp(), new Dropout(0.5), new DataGrad(3), new Sam(RHO)).gradients(),
                uphill((_, _) -> 1, new Dropout(0.5), new DataGrad(3)));
    }

    @Test
    void thePointUphillIsAtTheRadius() {
        TracedStep step = new TracedStep(TracedStep.mlp());
        List<Parameter> parameters = step.trace.parameters();
        List<Tensor> gradients = Gradients.of(
                step.trace.loss(), parameters.stream().map(Parameter::tensor).toList());
        Tensor radius = Tensor.scalar(RHO);
        assertThat(distance(step, Ascent.climbed(parameters, gradients, radius, _ -> UnaryOperator.identity()), false))
                .isCloseTo(RHO, within(1e-9));
        assertThat(distance(step, Ascent.climbed(parameters, gradients, radius, Asam.scale(Tensor.scalar(0.2))), true))
                .isCloseTo(RHO, within(1e-9));
    }

    /** Length of ŵ − w, or of T⁻¹ (ŵ − w). */
    private static double distance(TracedStep step, Map<Parameter, Tensor> climbed, boolean adaptive) {
        double squares = 0;
        for (Map.Entry<Parameter, Tensor> entry : climbed.entrySet()) {
            double[] w = step.parameter(entry.getKey().name());
            double[] above = step.value(entry.getValue());
            boolean scaled = adaptive && entry.getKey().role() == Parameter.Role.KERNEL;
            for (int i = 0; i < w.length; i++) {
                squares += Math.pow((above[i] - w[i]) / (scaled ? Math.abs(w[i]) + 0.2 : 1), 2);
            }
        }
        return Math.sqrt(squares);
    }

    @Test
    void decayIsTakenAtTheWeightsThemselvesInAnyOrder() {
        Map<String, double[]> before = new TracedStep(TracedStep.mlp(), new L2(2), new Sam(RHO)).gradients();
        Map<String, double[]> after = new TracedStep(TracedStep.mlp(), new Sam(RHO), new L2(2)).gradients();
        same(before, after);
        double[] w = new TracedStep(TracedStep.mlp()).parameter("out.kernel");
        double[] plain =
                new TracedStep(TracedStep.mlp(), new Sam(RHO)).gradients().get("out.kernel");
        double[] expected = new double[w.length];
        Arrays.setAll(expected, i -> plain[i] + 2 * w[i]);
        assertThat(after.get("out.kernel")).containsExactly(expected, within(1e-9));
    }

    @Test
    void runningStatisticsDoNotSeeTheSecondPass() {
        Sequential model = Sequential.of()
                .then("hidden", new Linear(4, Norm.BATCH, Activation.TANH))
                .then("out", new Linear(TracedStep.CLASSES));
        Map<String, double[]> plain = new TracedStep(model).updates();
        Map<String, double[]> aware = new TracedStep(model, new Sam(RHO)).updates();
        for (String buffer : List.of("hidden.norm.mean", "hidden.norm.variance")) {
            assertThat(aware.get(buffer)).containsExactly(plain.get(buffer));
        }
        assertThat(aware.get("out.kernel")).isNotEqualTo(plain.get("out.kernel"));
    }
}
