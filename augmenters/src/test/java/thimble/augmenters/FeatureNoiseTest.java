package thimble.augmenters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import thimble.data.Augmenter.AugmentContext;
import thimble.data.Dataset;
import thimble.data.Decoder;

class FeatureNoiseTest {
    private static final float[] Z = {1, -2, 3};
    private static final float[] SCALES = {0.5f, 2, 0};
    private static final AugmentContext CONTEXT = new AugmentContext(7, Optional.of(new Linear()));
    private static final int DRAWS = 20_000;

    /** x = D z with an invertible D. */
    private record Linear() implements Decoder {
        private static final double[][] D = {{1, 2, 0}, {0, 1, 1}, {-1, 0, 1}};

        @Override
        public int factors() {
            return 3;
        }

        @Override
        public List<String> names() {
            return List.of("a", "b", "class");
        }

        @Override
        public float[] scales() {
            return SCALES.clone();
        }

        @Override
        public void factors(int index, float[] into) {
            System.arraycopy(Z, 0, into, 0, 3);
        }

        @Override
        public void decode(float[] factors, float[] into, int offset) {
            for (int i = 0; i < 3; i++) {
                into[offset + i] = (float) (D[i][0] * factors[0] + D[i][1] * factors[1] + D[i][2] * factors[2]);
            }
        }
    }

    private static Dataset data() {
        float[] x = new float[3];
        new Linear().decode(Z, x, 0);
        return Examples.table(x);
    }

    /** Mean over draws of the squared error ‖x̂ − t‖² of a model W = 1 with t = 0. */
    private static double meanError(Dataset noisy) {
        return Examples.epochs(noisy, DRAWS).stream()
                .mapToDouble(x -> x[0] * x[0] + x[1] * x[1] + x[2] * x[2])
                .average()
                .orElseThrow();
    }

    /** ‖x‖² + Σⱼ dⱼ² ‖D·ⱼ‖² for standard deviations dⱼ. */
    private static double expected(double... deviations) {
        float[] x = Examples.read(data(), 0, 0);
        double sum = x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
        for (int j = 0; j < 3; j++) {
            for (int i = 0; i < 3; i++) {
                sum += Math.pow(deviations[j] * Linear.D[i][j], 2);
            }
        }
        return sum;
    }

    @Test
    void additiveNoiseIsTikhonovThroughTheDecoder() {
        double expected = expected(0.3 * 0.5, 0.3 * 2, 0);
        assertThat(meanError(new FeatureNoise(0.3, false).augment(data(), CONTEXT)))
                .isCloseTo(expected, within(0.02 * expected));
    }

    @Test
    void multiplicativeNoiseScalesWithTheFactors() {
        double expected = expected(0.3 * 1, 0.3 * 2, 0);
        assertThat(meanError(new FeatureNoise(0.3, true).augment(data(), CONTEXT)))
                .isCloseTo(expected, within(0.02 * expected));
    }

    @Test
    void factorsWithoutSpreadStayAndSigmaZeroKeepsTheBits() {
        Dataset noisy = new FeatureNoise(5, false).augment(data(), CONTEXT);
        float[] x = Examples.read(noisy, 0, 1);
        // D is invertible: z₃ = (x₁ − 2 x₂ + x₃) / −1 … solved for the third factor
        assertThat((double) (x[0] - 2 * x[1] + x[2]) / -1).isCloseTo(Z[2], within(1e-4));
        Dataset same = new FeatureNoise(0, false).augment(data(), CONTEXT);
        assertThat(Examples.read(same, 0, 1)).containsExactly(Examples.read(data(), 0, 0));
    }

    @Test
    void drawsDependOnTheEpochAlone() {
        Dataset noisy = new FeatureNoise().augment(data(), CONTEXT);
        assertThat(Examples.read(noisy, 0, 4))
                .containsExactly(Examples.read(noisy, 0, 4))
                .isNotEqualTo(Examples.read(noisy, 0, 5));
        assertThat(noisy.labels()).containsExactly(data().labels());
        assertThat(noisy.origin(0)).isEqualTo(data().origin(0));
    }

    @Test
    void makesExamplesAnew() {
        assertThat(new FeatureNoise().anew()).isTrue();
        assertThat(new Affine().anew()).isFalse();
    }

    @Test
    void needsADecoder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeatureNoise().augment(data(), Examples.CONTEXT))
                .withMessage(
                        "[feature-noise] expected data with a known decoder x = d(z), such as glyphs, but table has"
                                + " none; gaussian-noise fits all data");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeatureNoise(Double.NaN, false))
                .withMessage("[feature-noise] expected sigma in [0.0, 1000.0] but received NaN");
    }
}
