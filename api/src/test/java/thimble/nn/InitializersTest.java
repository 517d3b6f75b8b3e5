package thimble.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import thimble.tensor.Shape;

class InitializersTest {
    private static double[] draw(Initializer initializer, Shape shape) {
        float[] values = Initializers.values(initializer, "conv1.kernel", shape, 42);
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static double variance(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum / values.length;
    }

    private static double largest(double[] values) {
        return java.util.Arrays.stream(values).map(Math::abs).max().orElseThrow();
    }

    @Test
    void variancesAreThePublishedOnes() {
        Shape kernel = Shape.of(50, 20, 5, 5);
        double[] he = draw(Initializers.HE_NORMAL, kernel);
        assertThat(variance(he)).isCloseTo(2.0 / 500, within(2.0 / 500 * 0.03));
        double[] glorot = draw(Initializers.GLOROT_UNIFORM, kernel);
        assertThat(variance(glorot)).isCloseTo(2.0 / (500 + 1250), within(2.0 / 1750 * 0.03));
        double[] out = draw(Initializers.HE_NORMAL_OUT, kernel);
        assertThat(variance(out)).isCloseTo(2.0 / 1250, within(2.0 / 1250 * 0.03));
        double bound = Math.sqrt(6.0 / 1750);
        assertThat(largest(glorot)).isLessThanOrEqualTo(bound);
        assertThat(largest(draw(Initializers.GLOROT_UNIFORM, Shape.of(3, 5)))).isLessThanOrEqualTo(Math.sqrt(6.0 / 8));
    }

    @Test
    void valuesDependOnSeedAndNameAlone() {
        Shape shape = Shape.of(3, 3);
        float[] first = Initializers.values(Initializers.HE_NORMAL, "a", shape, 1);
        assertThat(Initializers.values(Initializers.HE_NORMAL, "a", shape, 1)).containsExactly(first);
        assertThat(Initializers.values(Initializers.HE_NORMAL, "b", shape, 1)).isNotEqualTo(first);
        assertThat(Initializers.values(Initializers.HE_NORMAL, "a", shape, 2)).isNotEqualTo(first);
    }

    @Test
    void theFirstBitsAreFixed() {
        assertThat(Initializers.values(Initializers.HE_NORMAL, "fc1.kernel", Shape.of(2, 2), 0))
                .containsExactly(-1.920736f, 0.3395485f, -0.29699028f, 0.76264244f);
        assertThat(Initializers.values(Initializers.GLOROT_UNIFORM, "fc1.kernel", Shape.of(2, 2), 0))
                .containsExactly(0.85920507f, -0.06821281f, -0.52762026f, -0.46760032f);
    }

    @Test
    void constantsAreConstant() {
        assertThat(draw(Initializers.ONES, Shape.of(3))).containsExactly(1, 1, 1);
        assertThat(draw(Initializers.ZEROS, Shape.of())).containsExactly(0);
        assertThat(draw(Initializers.constant(0.5), Shape.of(2))).containsExactly(0.5, 0.5);
    }
}
