package thimble.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import thimble.tensor.Shape;
import thimble.tensor.Window;

class LayersTest {
    private static Arguments of(Layer layer, Shape input, Shape output, List<String> parameters) {
        return Arguments.of(layer, input, output, parameters);
    }

    static Stream<Arguments> layers() {
        Shape picture = Shape.of(2, 3, 7, 6);
        return Stream.of(
                of(new Linear(4, Activation.TANH), Shape.of(3, 5), Shape.of(3, 4), List.of("kernel[4,5]", "bias[4]")),
                of(
                        new Linear(4, Norm.BATCH, Activation.TANH),
                        Shape.of(3, 5),
                        Shape.of(3, 4),
                        List.of("kernel[4,5]", "norm.scale[4]", "norm.shift[4]")),
                of(
                        new Conv2d(4, 3, Activation.TANH),
                        picture,
                        Shape.of(2, 4, 5, 4),
                        List.of("kernel[4,3,3,3]", "bias[4]")),
                of(
                        new Conv2d(6, Window.of(3, 2).stride(2).padding(1).groups(3), Norm.NONE, Activation.IDENTITY),
                        picture,
                        Shape.of(2, 6, 4, 4),
                        List.of("kernel[6,1,3,2]", "bias[6]")),
                of(
                        new Conv2d(
                                4,
                                Window.of(3, 2).padding(1),
                                Norm.NONE,
                                Activation.TANH,
                                Initializers.HE_NORMAL_OUT,
                                Filters.HARMONIC,
                                true),
                        picture,
                        Shape.of(2, 4, 7, 7),
                        List.of("kernel[4,3,3,2]", "bias[4]")),
                of(
                        new Conv2d(
                                4,
                                Window.of(3, 3).padding(1),
                                Norm.BATCH,
                                Activation.TANH,
                                Initializers.HE_NORMAL_OUT,
                                Filters.HARMONIC_NORMALISED,
                                false),
                        picture,
                        Shape.of(2, 4, 7, 6),
                        List.of("kernel[4,3,3,3]", "norm.scale[4]", "norm.shift[4]")),
                of(
                        new PreActivation(4, 2, Convolution.PLAIN),
                        picture,
                        Shape.of(2, 4, 4, 3),
                        List.of(
                                "norm1.scale[3]",
                                "norm1.shift[3]",
                                "conv1.kernel[4,3,3,3]",
                                "conv1.norm.scale[4]",
                                "conv1.norm.shift[4]",
                                "conv2.kernel[4,4,3,3]",
                                "shortcut.kernel[4,3,1,1]")),
                of(
                        new ConvTranspose2d(2, Window.of(4, 4).stride(2).padding(1), Norm.NONE, Activation.TANH),
                        picture,
                        Shape.of(2, 2, 14, 12),
                        List.of("kernel[3,2,4,4]", "bias[2]")),
                of(Pool2d.max(2), picture, Shape.of(2, 3, 3, 3), List.of()),
                of(Pool2d.average(3), picture, Shape.of(2, 3, 2, 2), List.of()),
                of(new Pool2d(Pool2d.Kind.MAX, 3, 2, 1), picture, Shape.of(2, 3, 4, 3), List.of()),
                of(new Pool2d(Pool2d.Kind.AVERAGE, 3, 2, 1), picture, Shape.of(2, 3, 4, 3), List.of()),
                of(new BatchNorm(), picture, picture, List.of("scale[3]", "shift[3]")),
                of(new BatchNorm(), Shape.of(4, 2), Shape.of(4, 2), List.of("scale[2]", "shift[2]")),
                of(new BatchNorm(), Shape.of(4, 3, 2), Shape.of(4, 3, 2), List.of("scale[2]", "shift[2]")),
                of(
                        new Residual(Sequential.of()
                                .then("conv1", new Conv2d(3, Window.of(3, 3).padding(1), Norm.NONE, Activation.TANH))),
                        picture,
                        picture,
                        List.of("conv1.kernel[3,3,3,3]", "conv1.bias[3]")),
                of(
                        new Gru(4),
                        Shape.of(2, 5, 3),
                        Shape.of(2, 4),
                        List.of("input.kernel[12,3]", "input.bias[12]", "state.kernel[12,4]", "state.bias[12]")),
                of(
                        new Gru(4, true),
                        Shape.of(2, 5, 3),
                        Shape.of(2, 5, 4),
                        List.of("input.kernel[12,3]", "input.bias[12]", "state.kernel[12,4]", "state.bias[12]")),
                of(new Flatten(), picture, Shape.of(2, 126), List.of()),
                of(new GlobalAverage(), picture, Shape.of(2, 3), List.of()),
                of(new Embedding(5, 2), Shape.of(2, 3), Shape.of(2, 3, 2), List.of("table[5,2]")),
                of(
                        new Parts(List.of(
                                new Parts.Branch("picture", Shape.of(1, 2, 2), new Conv2d(2, 2, Activation.TANH)),
                                new Parts.Branch("table", Shape.of(3), Activation.TANH))),
                        Shape.of(2, 7),
                        Shape.of(2, 5),
                        List.of("picture.kernel[2,1,2,2]", "picture.bias[2]")));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shapesNamesAndGradients(Layer layer, Shape input, Shape output, List<String> parameters) {
        Probe probe = new Probe(layer, input, true);
        assertThat(probe.trace.output().shape()).isEqualTo(output);
        assertThat(probe.trace.parameters().stream()
                        .map(p -> p.name() + p.tensor().shape()))
                .containsExactlyElementsOf(parameters);
        probe.checkGradient();
        assertThat(new Probe(layer, input, false).trace.updates()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void activations(Activation activation) {
        Probe probe = new Probe(activation, Shape.of(1, 4), true).input(-1.5, -0.1, 0.2, 3);
        probe.checkGradient();
        for (int i = 0; i < 4; i++) {
            double x = probe.numbers[i];
            double expected = switch (activation) {
                case IDENTITY -> x;
                case RELU -> Math.max(0, x);
                case LEAKY_RELU -> x > 0 ? x : 0.2 * x;
                case TANH -> Math.tanh(x);
                case SIGMOID -> 1 / (1 + Math.exp(-x));
                case SOFTPLUS -> Math.log1p(Math.exp(x));
                case GELU -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
                case SILU -> x / (1 + Math.exp(-x));
            };
            assertThat(probe.output()[i]).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void linearIsAMatrixProductWithBias() {
        Probe probe = new Probe(new Linear(2), Shape.of(1, 3), false)
                .set("kernel", 1, 2, 3, 4, 5, 6)
                .set("bias", 10, 20)
                .input(1, 0, -1);
        assertThat(probe.output()).containsExactly(8, 18);
    }

    @Test
    void poolsTakeLargestAndMean() {
        Shape picture = Shape.of(1, 1, 3, 3);
        double[] numbers = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        assertThat(new Probe(Pool2d.max(2), picture, false).input(numbers).output())
                .containsExactly(5);
        assertThat(new Probe(new Pool2d(Pool2d.Kind.MAX, 2, 1, 0), picture, false)
                        .input(numbers)
                        .output())
                .containsExactly(5, 6, 8, 9);
        double[] negative = {-1, -2, -3, -4, -5, -6, -7, -8, -9};
        assertThat(new Probe(new Pool2d(Pool2d.Kind.MAX, 2, 2, 1), picture, false)
                        .input(negative)
                        .output())
                .containsExactly(-1, -2, -4, -5);
        assertThat(new Probe(new Pool2d(Pool2d.Kind.AVERAGE, 2, 2, 1), picture, false)
                        .input(numbers)
                        .output())
                .containsExactly(0.25, 1.25, 2.75, 7);
    }

    @Test
    void oneGruStepIsItsFormula() {
        Probe probe = new Probe(new Gru(1), Shape.of(1, 2, 1), false)
                .set("input.kernel", 0.5, -0.3, 0.8)
                .set("input.bias", 0.1, 0.2, 0.3)
                .set("state.kernel", 0.7, 0.6, -0.4)
                .set("state.bias", 0.05, -0.1, 0.2)
                .input(1, -2);
        double h = 0;
        for (double x : probe.numbers) {
            double r = 1 / (1 + Math.exp(-(0.5 * x + 0.1 + 0.7 * h + 0.05)));
            double z = 1 / (1 + Math.exp(-(-0.3 * x + 0.2 + 0.6 * h - 0.1)));
            double n = Math.tanh(0.8 * x + 0.3 + r * (-0.4 * h + 0.2));
            h = (1 - z) * n + z * h;
        }
        assertThat(probe.output()[0]).isCloseTo(h, within(1e-14));
    }

    @Test
    void embeddingLooksRowsUpAndStaysInside() {
        Probe probe = new Probe(new Embedding(3, 2), Shape.of(1, 4), false)
                .set("table", 1, 2, 3, 4, 5, 6)
                .input(2, 0, -7, 99);
        assertThat(probe.output()).containsExactly(5, 6, 1, 2, 1, 2, 5, 6);
    }

    @Test
    void wrongInputsNameLayerAndPath() {
        Sequential net = Sequential.of().then("fc1", new Linear(2));
        assertThatThrownBy(() -> new Probe(net, Shape.of(2, 1, 3, 3), false))
                .hasMessage("[fc1, linear] expected an input [n, features]; put a Flatten before it but received"
                        + " [2,1,3,3]");
        assertThatThrownBy(() -> new Probe(new Conv2d(2, 5, Activation.RELU), Shape.of(1, 1, 4, 4), false))
                .hasMessage("[conv2d] expected a picture at least as large as the kernel 5x5 but received [1,1,4,4]");
        assertThatThrownBy(() -> new Probe(Pool2d.max(3), Shape.of(1, 1, 2, 4), false))
                .hasMessage("[pool2d] expected a picture at least as large as the window 3x3 but received [1,1,2,4]");
        assertThatThrownBy(() -> new Probe(new Gru(2), Shape.of(1, 257, 1), false))
                .hasMessage("[gru] expected at most 256 times but received 257");
        assertThatThrownBy(() -> new Linear(0)).hasMessage("[linear] expected outputs >= 1 but received 0");
        assertThatThrownBy(() -> new BatchNorm(0, 1)).hasMessageContaining("expected momentum in (0, 1]");
        assertThatThrownBy(() -> Sequential.of().then("a.b", new Flatten()))
                .hasMessageContaining("expected a name without dots");
        assertThatThrownBy(() -> Sequential.of().then("a", new Flatten()).then("a", new Flatten()))
                .hasMessageContaining("expected distinct names");
    }
}
