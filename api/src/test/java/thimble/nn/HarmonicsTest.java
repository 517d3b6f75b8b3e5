package thimble.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.tensor.Reference;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

class HarmonicsTest {
    private static double cosine(int frequency, int at, int size) {
        return Math.cos(Math.PI * (at + 0.5) * frequency / size);
    }

    @Test
    void threeByThreeHasNineFiltersWithAbsoluteSumOne() {
        double[] bank = new Reference().value(Harmonics.bank(3, 3)); // [9, 9]
        assertThat(bank).hasSize(81);
        for (int f = 0; f < 9; f++) {
            double[] filter = Arrays.copyOfRange(bank, 9 * f, 9 * f + 9);
            double sum = 0;
            for (int i = 0; i < 9; i++) {
                sum += Math.abs(cosine(f / 3, i / 3, 3) * cosine(f % 3, i % 3, 3));
            }
            for (int i = 0; i < 9; i++) {
                assertThat(filter[i]).isCloseTo(cosine(f / 3, i / 3, 3) * cosine(f % 3, i % 3, 3) / sum, within(1e-12));
            }
            assertThat(Arrays.stream(filter).map(Math::abs).sum()).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void filtersOfOneWindowAreOrthogonal() {
        double[] bank = new Reference().value(Harmonics.bank(2, 4)); // [8, 8]
        for (int a = 0; a < 8; a++) {
            for (int b = 0; b < a; b++) {
                double product = 0;
                for (int i = 0; i < 8; i++) {
                    product += bank[8 * a + i] * bank[8 * b + i];
                }
                assertThat(product).isCloseTo(0, within(1e-12));
            }
        }
    }

    @Test
    void mixingFiltersIsMixingTheirResponses() {
        Window window = Window.of(3, 3).padding(1).stride(2);
        Tensor x = Tensor.input("x", 2, 3, 7, 6);
        Tensor w = Tensor.input("w", 4, 3, 3, 3);
        Tensor fused = x.conv2d(Harmonics.mixed(w), window);
        Tensor staged = Harmonics.responses(x, window).conv2d(w.reshape(4, 27, 1, 1), Window.of(1, 1));
        Reference reference = new Reference()
                .feed("x", new java.util.SplittableRandom(1).doubles(252, -1, 1).toArray())
                .feed("w", new java.util.SplittableRandom(2).doubles(108, -1, 1).toArray());
        assertThat(reference.value(staged)).containsExactly(reference.value(fused), within(1e-12));
    }

    /** Response of each channel to each harmonic, normalised over the batch without scale and shift, then mixed. */
    @Test
    void firstLayersNormaliseEachResponse() {
        Window window = Window.of(3, 3);
        Conv2d layer = new Conv2d(
                4,
                window,
                Norm.NONE,
                Activation.IDENTITY,
                Initializers.HE_NORMAL_OUT,
                Filters.HARMONIC_NORMALISED,
                true);
        Probe probe = new Probe(layer, Shape.of(4, 2, 5, 5), true);
        double[] responses = probe.value(Harmonics.responses(probe.input, window)); // [4, 18, 3, 3]
        double[] w = probe.variables.get("kernel");
        double[] bias = probe.variables.get("bias");
        double[] expected = new double[4 * 4 * 9];
        for (int f = 0; f < 18; f++) {
            double mean = 0;
            double squares = 0;
            for (int i = 0; i < 36; i++) {
                double response = responses[(i / 9 * 18 + f) * 9 + i % 9];
                mean += response / 36;
                squares += response * response / 36;
            }
            double deviation = Math.sqrt(squares - mean * mean + 1e-5);
            for (int i = 0; i < 36; i++) {
                double even = (responses[(i / 9 * 18 + f) * 9 + i % 9] - mean) / deviation;
                for (int o = 0; o < 4; o++) {
                    expected[(i / 9 * 4 + o) * 9 + i % 9] += w[o * 18 + f] * even + bias[o] / 18;
                }
            }
        }
        assertThat(probe.output()).containsExactly(expected, within(1e-9));
        assertThat(probe.trace.parameters()).extracting(Parameter::name).containsExactly("kernel", "bias");
    }

    @Test
    void onlyTheFirstLayerOfAModelNormalisesAndPointwiseOnesStayFree() {
        Window wide = Window.of(3, 3);
        Initializer given = Initializers.GLOROT_UNIFORM;
        Conv2d first = Convolution.HARMONIC.layer(8, wide, Norm.BATCH, Activation.RELU, given, true);
        Conv2d later = Convolution.HARMONIC.layer(8, wide, Norm.BATCH, Activation.RELU, given, false);
        assertThat(first.filters()).isEqualTo(Filters.HARMONIC_NORMALISED);
        assertThat(later.filters()).isEqualTo(Filters.HARMONIC);
        assertThat(List.of(first.kernel(), later.kernel())).containsOnly(Initializers.HE_NORMAL_OUT);
        Conv2d pointwise = Convolution.HARMONIC.layer(8, Window.of(1, 1), Norm.BATCH, Activation.RELU, given, false);
        assertThat(pointwise.filters()).isEqualTo(Filters.FREE);
        assertThat(pointwise.kernel()).isEqualTo(given);
    }

    @Test
    void harmonicModelsHaveAsManyParametersAsFreeOnes() {
        Shape example = Shape.of(3, 32, 32);
        for (String name : new String[] {"lenet", "lenet5", "resnet8"}) {
            assertThat(Models.parameters(Models.parse(name + ":conv=harmonic", example, 10), example))
                    .as(name)
                    .isEqualTo(Models.parameters(Models.parse(name, example, 10), example));
        }
    }

    @Test
    void normalisedHarmonicsOfGroupsAreRefused() {
        Conv2d grouped = new Conv2d(
                4,
                Window.of(3, 3).groups(2),
                Norm.NONE,
                Activation.RELU,
                Initializers.HE_NORMAL_OUT,
                Filters.HARMONIC_NORMALISED,
                true);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Probe(grouped, Shape.of(1, 2, 5, 5), true))
                .withMessage("[conv2d] expected one group for normalised harmonics but received 2");
    }
}
