package thimble.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
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

    @Test
    void firstLayersNormaliseEachResponse() {
        Conv2d layer = new Conv2d(
                3,
                Window.of(3, 3),
                Norm.NONE,
                Activation.IDENTITY,
                Initializers.HE_NORMAL_OUT,
                Filters.HARMONIC_NORMALISED,
                true);
        Probe small = new Probe(layer, Shape.of(4, 2, 5, 5), true);
        double[] output = small.output();
        double[] louder = Arrays.stream(small.numbers).map(x -> 100 * x).toArray();
        assertThat(small.input(louder).output()).containsExactly(output, within(0.02));
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
