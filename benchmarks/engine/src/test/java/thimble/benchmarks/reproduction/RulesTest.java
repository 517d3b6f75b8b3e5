package thimble.benchmarks.reproduction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import thimble.benchmarks.statistics.Interval;

class RulesTest {
    private static Optional<Interval> ci(double low, double high) {
        return Optional.of(new Interval(low, high));
    }

    @Test
    void aLevelHoldsFromItsBoundOn() {
        assertThat(Rules.level(97.0, ci(96.5, 97.5), 97.0)).isEqualTo(Outcome.HOLDS);
        assertThat(Rules.level(96.99, ci(96.9, 97.0), 97.0)).isEqualTo(Outcome.PARTLY);
        assertThat(Rules.level(96.99, ci(96.9, 96.995), 97.0)).isEqualTo(Outcome.NOT);
        assertThat(Rules.level(96.99, Optional.empty(), 97.0)).isEqualTo(Outcome.NOT);
    }

    @Test
    void aGainMustBeLargeAndCertain() {
        assertThat(Rules.gain(0.4, ci(0.1, 0.7), 0.4)).isEqualTo(Outcome.HOLDS);
        assertThat(Rules.gain(0.39, ci(0.1, 0.7), 0.4)).isEqualTo(Outcome.PARTLY);
        assertThat(Rules.gain(0.4, ci(0, 0.8), 0.4)).isEqualTo(Outcome.PARTLY);
        assertThat(Rules.gain(0.4, Optional.empty(), 0.4)).isEqualTo(Outcome.PARTLY);
        assertThat(Rules.gain(0.39, ci(0, 0.8), 0.4)).isEqualTo(Outcome.NOT);
        assertThat(Rules.gain(-0.4, ci(-0.8, 0), 0)).isEqualTo(Outcome.NOT);
    }

    @Test
    void equalityAllowsItsBoundToEitherSide() {
        assertThat(Rules.equal(0.2, ci(0.1, 0.3), 0.2)).isEqualTo(Outcome.HOLDS);
        assertThat(Rules.equal(-0.2, Optional.empty(), 0.2)).isEqualTo(Outcome.HOLDS);
        assertThat(Rules.equal(-0.3, ci(-0.4, -0.2), 0.2)).isEqualTo(Outcome.PARTLY);
        assertThat(Rules.equal(-0.3, ci(-0.4, -0.21), 0.2)).isEqualTo(Outcome.NOT);
        assertThat(Rules.equal(0.3, Optional.empty(), 0.2)).isEqualTo(Outcome.NOT);
    }

    @Test
    void anEffectReachesAPublishedSizeOrExcludesZero() {
        assertThat(Rules.reaches(new Interval(0.1, 15), 15)).isEqualTo(Outcome.HOLDS);
        assertThat(Rules.reaches(new Interval(-5, 15), 15)).isEqualTo(Outcome.NOT);
        assertThat(Rules.reaches(new Interval(0.1, 14.9), 15)).isEqualTo(Outcome.PARTLY);
        assertThat(Rules.reaches(new Interval(0, 14.9), 15)).isEqualTo(Outcome.NOT);
    }

    @Test
    void aRatioMustBeLargeAndAboveOne() {
        assertThat(Rules.ratio(1.5, ci(1.1, 2), 1.5)).isEqualTo(Outcome.HOLDS);
        assertThat(Rules.ratio(1.4, ci(1.1, 2), 1.5)).isEqualTo(Outcome.PARTLY);
        assertThat(Rules.ratio(3.3, ci(0.02, 154), 1.5)).isEqualTo(Outcome.PARTLY);
        assertThat(Rules.ratio(0.1, ci(0.09, 18), 1.5)).isEqualTo(Outcome.NOT);
    }

    @Test
    void aRangeIncludesItsEnds() {
        assertThat(Rules.between(1, Optional.empty(), 1, 2)).isEqualTo(Outcome.HOLDS);
        assertThat(Rules.between(2, Optional.empty(), 1, 2)).isEqualTo(Outcome.HOLDS);
        assertThat(Rules.between(2.1, ci(2, 2.2), 1, 2)).isEqualTo(Outcome.PARTLY);
        assertThat(Rules.between(2.1, ci(2.05, 2.2), 1, 2)).isEqualTo(Outcome.NOT);
    }
}
