package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairsTest {
    private static final int DRAWS = 20_000;

    private static double[] draws(double alpha) {
        return IntStream.range(0, DRAWS)
                .mapToDouble(step -> Pairs.beta(Pairs.random("test", 7, step), alpha))
                .toArray();
    }

    /** Beta(α, α) has mean ½ and variance 1 / (4 (2 α + 1)). */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 1, 2, 30})
    void coefficientsHaveMeanAndVarianceOfTheirDistribution(double alpha) {
        double variance = 1 / (4 * (2 * alpha + 1));
        double mean = 0;
        double squares = 0;
        for (double draw : draws(alpha)) {
            assertThat(draw).isBetween(0.0, 1.0);
            mean += draw / DRAWS;
            squares += (draw - 0.5) * (draw - 0.5) / DRAWS;
        }
        assertThat(mean).isCloseTo(0.5, within(4 * Math.sqrt(variance / DRAWS)));
        assertThat(squares).isCloseTo(variance, within(0.05 * variance));
    }

    @Test
    void smallAlphaLeavesOneOfThePairAlone() {
        for (double draw : draws(1e-3)) {
            assertThat(draw).isBetween(0.0, 1.0);
        }
        long between = IntStream.range(0, DRAWS)
                .mapToDouble(step -> Pairs.beta(Pairs.random("test", 7, step), 1e-3))
                .filter(draw -> draw > 0.01 && draw < 0.99)
                .count();
        assertThat(between).isLessThan(DRAWS / 50);
    }

    @Test
    void generatorsDependOnUseSeedAndStepAlone() {
        long first = Pairs.random("a", 1, 1).nextLong();
        assertThat(Pairs.random("a", 1, 1).nextLong()).isEqualTo(first);
        for (SplittableRandom other :
                new SplittableRandom[] {Pairs.random("b", 1, 1), Pairs.random("a", 2, 1), Pairs.random("a", 1, 2)}) {
            assertThat(other.nextLong()).isNotEqualTo(first);
        }
    }
}
