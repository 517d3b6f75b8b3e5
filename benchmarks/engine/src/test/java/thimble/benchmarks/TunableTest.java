package thimble.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.method.Spec;

class TunableTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, -3})
    void everyValueOfAListIsTriedBeforeOneIsTriedAgain(long seed) {
        Tunable rate = new Tunable("lr", new Spec.Setting.Choices(List.of("a", "b", "c", "d")));
        List<String> tried = candidates(rate, 12, seed);
        assertThat(tried.getFirst()).isEqualTo("c");
        for (int round = 0; round < 3; round++) {
            assertThat(tried.subList(4 * round, 4 * round + 4)).containsExactlyInAnyOrder("a", "b", "c", "d");
        }
        assertThat(candidates(rate, 12, seed)).isEqualTo(tried);
    }

    @Test
    void aValueWrittenTwiceIsTriedTwice() {
        Tunable one = new Tunable("p", new Spec.Setting.Choices(List.of("0.1", "0.1", "0.2")));
        assertThat(candidates(one, 3, 5)).containsExactlyInAnyOrder("0.1", "0.1", "0.2");
    }

    @Test
    void aRangeBeginsInItsMiddleAndIsDrawnOnItsLogarithm() {
        Tunable range = new Tunable("lambda", new Spec.Setting.Range(1e-4, 1));
        List<String> drawn = candidates(range, 401, 3);
        assertThat(drawn.getFirst()).isEqualTo("0.01");
        assertThat(drawn)
                .allSatisfy(text -> assertThat(Double.parseDouble(text)).isBetween(1e-4, 1.0));
        long small =
                drawn.stream().filter(text -> Double.parseDouble(text) < 0.01).count();
        assertThat(small).isBetween(150L, 250L);
    }

    private static List<String> candidates(Tunable tunable, int count, long seed) {
        return IntStream.range(0, count)
                .mapToObj(i -> tunable.candidate(i, seed))
                .toList();
    }
}
