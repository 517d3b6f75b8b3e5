package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import thimble.nn.Activation;
import thimble.nn.Conv2d;
import thimble.nn.Flatten;
import thimble.nn.Linear;
import thimble.nn.Norm;
import thimble.nn.Sequential;
import thimble.tensor.Shape;
import thimble.tensor.Window;
import thimble.train.CrossEntropy;
import thimble.train.Sgd;

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

    /** The product is linear in its masked kernel, so unit vectors as inputs read single weights of each example. */
    @Test
    void masksOfEachExampleDifferAndAverageToTheWeights() {
        TracedStep step = new TracedStep(TracedStep.linear(), new DropConnect(0.4, "", true));
        double[] w = step.parameter("out.kernel");
        double[] b = step.parameter("out.bias");
        double[] first = new double[TracedStep.BATCH * TracedStep.FEATURES];
        for (int n = 0; n < TracedStep.BATCH; n++) {
            first[n * TracedStep.FEATURES] = 1;
        }
        step.reference.feed("input", first);
        double kept = 0;
        boolean differ = false;
        int steps = 500;
        for (int t = 0; t < steps; t++) {
            double[] z = step.at(t).value(step.trace.logits());
            boolean[] here = new boolean[TracedStep.BATCH];
            for (int n = 0; n < TracedStep.BATCH; n++) {
                double weight = z[n * TracedStep.CLASSES] - b[0];
                here[n] = Math.abs(weight) > 1e-9;
                assertThat(here[n] ? weight : w[0] / 0.6).isCloseTo(w[0] / 0.6, within(1e-6));
                kept += here[n] ? 1.0 / TracedStep.BATCH / steps : 0;
                differ |= here[n] != here[0];
            }
        }
        assertThat(kept).isCloseTo(0.6, within(4 * Math.sqrt(0.24 / TracedStep.BATCH / steps)));
        assertThat(differ).isTrue();
    }

    /** Of a diagonal kernel the mask's diagonal alone counts: the layer's inputs are dropped, its bias is not. */
    @Test
    void onADiagonalKernelItIsDropoutOfTheInputs() {
        int size = TracedStep.FEATURES;
        Sequential square = Sequential.of()
                .then("hidden", new Linear(size, Activation.IDENTITY))
                .then("out", new Linear(TracedStep.CLASSES));
        TracedStep step = new TracedStep(square, new DropConnect(0.5, "hidden.kernel", true));
        double[] diagonal = new double[size * size];
        for (int i = 0; i < size; i++) {
            diagonal[i * size + i] = i + 1;
        }
        step.set("hidden.kernel", diagonal);
        double[] b = step.parameter("hidden.bias");
        double[] x = step.value(step.trace.input());
        int dropped = 0;
        for (int t = 0; t < 20; t++) {
            double[] h = step.at(t).value(step.trace.layer("hidden"));
            for (int i = 0; i < h.length; i++) {
                double product = h[i] - b[i % size];
                double keptInput = 2 * x[i] * (i % size + 1);
                assertThat(Math.min(Math.abs(product), Math.abs(product - keptInput)))
                        .isLessThan(1e-6);
                dropped += Math.abs(product) < 1e-6 ? 1 : 0;
            }
        }
        int all = 20 * TracedStep.BATCH * size;
        assertThat((double) dropped / all).isCloseTo(0.5, within(4 * Math.sqrt(0.25 / all)));
    }

    @Test
    void gradientsReachTheWeightsOfEachExample() {
        new TracedStep(TracedStep.mlp(), new DropConnect(0.5, "", true)).checkGradients(() -> 0.0);
    }

    @Test
    void masksOfEachExampleNeedAFullyConnectedKernel() {
        Sequential lenet = Sequential.of()
                .then("conv", new Conv2d(2, Window.of(3, 3), Norm.NONE, Activation.RELU))
                .then("flatten", new Flatten())
                .then("out", new Linear(TracedStep.CLASSES));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TracedStep(
                        Shape.of(1, 5, 5),
                        lenet,
                        new CrossEntropy(),
                        new Sgd(0.1),
                        new DropConnect(0.5, "conv.kernel", true)))
                .withMessage("[dropconnect] expected a fully connected kernel but received at=conv.kernel; there are:"
                        + " conv.kernel, out.kernel");
    }

    @Test
    void refusesUnknownKernels() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TracedStep(TracedStep.mlp(), new DropConnect(0.5, "fc9")))
                .withMessage(
                        "[dropconnect] expected a kernel but received at=fc9; there are: hidden.kernel, out.kernel");
    }
}
