package thimble.benchmarks.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.TTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    /** Darwin's maize: height of crossed minus self-fertilised plants in eighths of an inch (Fisher 1935, section 17). */
    private static final double[] DARWIN = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};

    @Test
    void pairedTestOfDarwinIsFishers() {
        assertThat(Student.mean(DARWIN)).isCloseTo(20.933, within(1e-3));
        assertThat(Student.mean(DARWIN) / Student.error(DARWIN, 0)).isCloseTo(2.148, within(1e-3));
        assertThat(Student.p(DARWIN, 0)).isCloseTo(0.0497, within(1e-4));
        Interval interval = Student.interval(DARWIN, 0.95, 0);
        assertThat(interval.low()).isCloseTo(0.03, within(0.01));
        assertThat(interval.high()).isCloseTo(41.84, within(0.01));
    }

    @Test
    void pairedTestAgreesWithTheLibrary() {
        double[] zeros = new double[DARWIN.length];
        assertThat(Student.p(DARWIN, 0))
                .isCloseTo(TTest.withDefaults().pairedTest(DARWIN, zeros).getPValue(), within(1e-12));
    }

    @Test
    void signFlipOfDarwinIsFishersExactCount() {
        // Fisher counts 863 of 32,768 patterns with a sum of 314 or more, so 1,726 on both sides.
        assertThat(SignFlip.p(DARWIN, 1)).isEqualTo(1726.0 / 32768);
    }

    @Test
    void signedRanksOfDarwinAgreeWithTheLibrary() {
        double[] zeros = new double[DARWIN.length];
        assertThat(Wilcoxon.p(DARWIN))
                .isCloseTo(
                        WilcoxonSignedRankTest.withDefaults()
                                .test(DARWIN, zeros)
                                .getPValue(),
                        within(1e-12));
    }

    @Test
    void signedRanksWithTiesAndZerosAreCountedByHand() {
        // Sizes 1, 1, 1, 3 have ranks 2, 2, 2, 4: a sum of at most 2 or at least 8 in 8 of 16 patterns.
        assertThat(Wilcoxon.p(new double[] {3, 1, 1, -1})).isEqualTo(0.5);
        assertThat(Wilcoxon.p(new double[] {3, 0, 1, 1, -1, 0})).isEqualTo(0.5);
        assertThat(Wilcoxon.p(new double[] {1, 2, 1, 1})).isEqualTo(0.125);
        assertThat(Wilcoxon.p(new double[] {1, 1, -1})).isOne();
        assertThat(Wilcoxon.p(new double[] {0, 0})).isOne();
        assertThat(Wilcoxon.p(new double[0])).isOne();
        assertThatThrownBy(() -> Wilcoxon.p(new double[1001])).hasMessageContaining("expected at most 1,000 pairs");
    }

    @Test
    void signFlipCannotFallBelowItsFloor() {
        assertThat(SignFlip.floor(6)).isEqualTo(0.03125);
        assertThat(SignFlip.p(new double[] {1, 2, 3, 4, 5, 6}, 1)).isEqualTo(0.03125);
        assertThat(SignFlip.floor(8)).isEqualTo(0.0078125);
    }

    @Test
    void signFlipOfManyPairsIsDrawnBySeed() {
        double[] many =
                IntStream.range(0, 24).mapToDouble(i -> i % 3 == 0 ? -1.2 : 1).toArray();
        assertThat(SignFlip.p(many, 7)).isEqualTo(SignFlip.p(many, 7)).isBetween(0.2, 0.3);
    }

    @Test
    void correctionForOverlapWidensByHand() {
        double[] d = {1, 2, 3, 4, 5};
        // s² = 2.5, so the corrected error is sqrt(2.5·(1/5 + 1/4)) instead of sqrt(2.5/5).
        assertThat(Student.error(d, 0.25)).isCloseTo(Math.sqrt(2.5 * 0.45), within(1e-12));
        assertThat(Student.p(d, 0.25)).isGreaterThan(Student.p(d, 0));
        assertThat(Student.interval(d, 0.95, 0.25).halfWidth())
                .isCloseTo(2.7764451 * Math.sqrt(2.5 * 0.45), within(1e-6));
    }

    @Test
    void equalDifferencesAreCertainAndNoneAreNot() {
        assertThat(Student.p(new double[] {2, 2, 2}, 0)).isZero();
        assertThat(Student.p(new double[] {0, 0, 0}, 0)).isOne();
        assertThatThrownBy(() -> Student.p(new double[] {1}, 0)).hasMessageContaining("expected at least 2 pairs");
        assertThatThrownBy(() -> Student.error(DARWIN, -1)).hasMessageContaining("[overlap] expected >= 0");
    }

    @Test
    void holmByHand() {
        assertThat(Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005}))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
        assertThat(Holm.adjust(new double[] {0.6, 0.7})).containsExactly(1, 1);
        assertThat(Holm.adjust(new double[0])).isEmpty();
    }

    @Test
    void pairsForEightyPercentPowerArePublishedOnes() {
        // Cohen 1988 and G*Power for the paired t, two-sided, 5 %.
        assertThat(Power.pairs(0.2, 0.8, 0.05)).hasValue(199);
        assertThat(Power.pairs(0.5, 0.8, 0.05)).hasValue(34);
        assertThat(Power.pairs(0.8, 0.8, 0.05)).hasValue(15);
        assertThat(Power.pairs(-0.9, 0.8, 0.05)).hasValue(12);
        assertThat(Power.pairs(0, 0.8, 0.05)).isEmpty();
        assertThat(Power.of(0.5, 34, 0.05)).isCloseTo(0.808, within(2e-3));
    }

    @Test
    void bootstrapIntervalIsSeededAndCloseToStudents() {
        Bootstrap bootstrap = new Bootstrap(10_000, 3);
        Interval bca = bootstrap.mean(DARWIN, 0.95);
        assertThat(bca).isEqualTo(new Bootstrap(10_000, 3).mean(DARWIN, 0.95));
        assertThat(bca.low()).isBetween(-6.0, 4.0);
        assertThat(bca.high()).isBetween(34.0, 40.0);
        // Two pairs in the far left tail pull the interval down, so it is not symmetric about the mean as the
        // percentile one nearly is.
        assertThat(Student.mean(DARWIN) - bca.low()).isGreaterThan(bca.high() - Student.mean(DARWIN));
        assertThat(bootstrap.mean(new double[] {4, 4, 4}, 0.95)).isEqualTo(new Interval(4, 4));
        assertThatThrownBy(() -> new Bootstrap(10, 1)).hasMessageContaining("resamples >= 100");
    }

    @Test
    void percentileIntervalOfAStatistic() {
        Interval interval = new Bootstrap(2_000, 1).percentile(2, 0.95, picks -> picks[0] + 2.0 * picks[1]);
        assertThat(interval).isEqualTo(new Interval(0, 3));
    }

    @Test
    void samplesToAnErrorOnAPowerLawAreExact() {
        LearningCurve curve = new LearningCurve(new int[] {100, 400, 1600}, new double[] {0.2, 0.1, 0.05});
        assertThat(curve.samples(0.2 * Math.sqrt(0.5)).orElseThrow()).isCloseTo(200, within(1e-9));
        assertThat(curve.samples(0.1).orElseThrow()).isEqualTo(400);
        assertThat(curve.samples(0.04)).isEmpty();
        assertThat(curve.samples(0.3)).isEmpty();
    }

    @Test
    void aRisingCurveIsLevelled() {
        LearningCurve curve = new LearningCurve(new int[] {10, 20, 40}, new double[] {0.2, 0.3, 0.1});
        assertThat(curve.samples(0.15).orElseThrow()).isBetween(20.0, 40.0);
        assertThatThrownBy(() -> new LearningCurve(new int[] {1}, new double[0]))
                .hasMessageContaining("as many errors");
    }
}
