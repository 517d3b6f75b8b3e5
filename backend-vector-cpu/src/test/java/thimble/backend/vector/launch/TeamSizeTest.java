package thimble.backend.vector.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs settle on the number of threads with which they are shortest, whatever they begin with, and follow when that changes. */
class TeamSizeTest {
    @ParameterizedTest
    @CsvSource({"2, 1", "2, 2", "3, 3", "16, 1", "16, 4", "16, 16", "6, 4", "6, 6"})
    void settlesOnTheShortest(int threads, int best) {
        for (boolean all : new boolean[] {false, true}) {
            var size = new TeamSize(threads, all);
            assertThat(size.next()).isEqualTo(all ? threads : 1);
            run(size, 2_000, time(best));
            assertThat(share(size, 10_000, best, time(best)))
                    .as("share of runs on %d of %d threads", best, threads)
                    .isGreaterThan(0.95);
        }
    }

    @Test
    void followsTheMachine() {
        var size = new TeamSize(2, true);
        run(size, 5_000, time(2));
        assertThat(share(size, 5_000, 2, time(2))).isGreaterThan(0.95);
        run(size, 5_000, time(1));
        assertThat(share(size, 5_000, 1, time(1))).isGreaterThan(0.95);
    }

    @Test
    void noiseDoesNotMoveIt() {
        var size = new TeamSize(2, true);
        int[] count = {0};
        IntToLongFunction time = _ -> 1_000 + 10 * (++count[0] % 7);
        run(size, 1_000, time);
        assertThat(share(size, 20_000, 2, time)).isGreaterThan(0.9);
    }

    @Test
    void longRunsKeepAllThreads() {
        var size = new TeamSize(4, true);
        assertThat(share(size, 5_000, 4, threads -> 80_000_000L / threads)).isEqualTo(1);
    }

    @Test
    void oneThreadIsOne() {
        assertThat(share(new TeamSize(1, true), 100, 1, time(1))).isEqualTo(1);
    }

    /** The first runs on other threads than before, as if these slept, are slow. */
    @Test
    void wakingUpDoesNotCount() {
        var size = new TeamSize(2, false);
        int[] last = {1};
        IntToLongFunction time = threads -> {
            boolean wakes = threads > last[0];
            last[0] = threads;
            return wakes ? 100_000 : 1_000 / threads;
        };
        run(size, 1_000, time);
        assertThat(share(size, 5_000, 2, time)).isGreaterThan(0.9);
    }

    private static IntToLongFunction time(int best) {
        return threads -> 10_000 + 1_000L * Math.abs(threads - best);
    }

    private static void run(TeamSize size, int runs, IntToLongFunction time) {
        share(size, runs, 1, time);
    }

    private static double share(TeamSize size, int runs, int threads, IntToLongFunction time) {
        int count = 0;
        for (int i = 0; i < runs; i++) {
            int next = size.next();
            count += next == threads ? 1 : 0;
            size.took(time.applyAsLong(next));
        }
        return (double) count / runs;
    }
}
