package thimble.benchmarks.reproduction.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import thimble.benchmarks.Invented;
import thimble.benchmarks.Summary;
import thimble.benchmarks.reproduction.Check;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Outcome;

/** Checks read off an invented comparison of six arms at five sizes. */
class ChecksTest {
    private static final String BASE = "dropout";
    private static final String DATAGRAD = "dropout+datagrad:lambda=[1..200]";
    private static final Summary SUMMARY = Invented.summary();

    private static Finding one(Check check) {
        List<Finding> findings = check.findings(SUMMARY);
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    @Test
    void aLevelStandsInPercentBesideThePublishedOne() {
        Finding within = one(Level.of("base", BASE, 500, 93.6, 0.31));
        assertThat(within.ours().orElseThrow()).isCloseTo(93.3, within(1e-6));
        assertThat(within.interval())
                .hasValueSatisfying(ci -> assertThat(ci.halfWidth()).isCloseTo(0.4, within(1e-3)));
        assertThat(within.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(within.difference().orElseThrow()).isCloseTo(-0.3, within(1e-6));
        assertThat(one(Level.of("base", BASE, 500, 94.0, 0.31)).outcome()).isEqualTo(Outcome.PARTLY);
        assertThat(one(Level.of("base", BASE, 500, 94.1, 0.3)).outcome()).isEqualTo(Outcome.NOT);
        assertThat(one(Level.of("base", BASE, 500)).outcome()).isEqualTo(Outcome.REPORTED);
    }

    @Test
    void aGainIsPairedAndInPoints() {
        Finding gain = one(Gain.atLeast("gain", DATAGRAD, BASE, 500, 0.4).published(0.64));
        assertThat(gain.ours().orElseThrow()).isCloseTo(6.7 * 0.1194, within(1e-6));
        assertThat(gain.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(gain.published()).hasValue(0.64);
        assertThat(one(Gain.atLeast("gain", DATAGRAD, BASE, 500, 1)).outcome()).isEqualTo(Outcome.PARTLY);
        assertThat(one(Gain.atLeast("gain", BASE, DATAGRAD, 500, 0)).outcome()).isEqualTo(Outcome.NOT);
        assertThat(one(Gain.none("gain", DATAGRAD, BASE, 500, 0.2)).outcome()).isEqualTo(Outcome.NOT);
        assertThat(one(Gain.none("gain", DATAGRAD, BASE, 500, 0.85)).outcome()).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void whatDidNotRunIsOpen() {
        assertThat(one(Level.of("x", "absent", 500, 90, 1)).outcome()).isEqualTo(Outcome.OPEN);
        assertThat(one(Gain.atLeast("x", "absent", BASE, 500, 0)).outcome()).isEqualTo(Outcome.OPEN);
        assertThat(one(new SampleWorth("x", "absent", BASE, 500, OptionalDouble.empty(), OptionalDouble.empty()))
                        .outcome())
                .isEqualTo(Outcome.OPEN);
        assertThat(one(new RelativeIncrease("x", "absent", BASE, 30)).outcome()).isEqualTo(Outcome.OPEN);
        assertThat(new Decline("x", "absent", BASE).findings(SUMMARY))
                .hasSize(6)
                .allMatch(row -> row.outcome() == Outcome.OPEN);
    }

    @Test
    void aDeclineHasARowPerSizeAndOneForTheShrinking() {
        List<Finding> rows = new Decline("DataGrad", DATAGRAD, BASE).findings(SUMMARY);
        assertThat(rows).hasSize(6);
        assertThat(rows.getLast().outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(rows.getLast().ours().orElseThrow()).isCloseTo(20.6 * 0.16 - 2.8 * 0.15, within(1e-6));
        assertThat(new Decline("rising loss", "none", BASE)
                        .findings(SUMMARY)
                        .getLast()
                        .outcome())
                .isNotEqualTo(Outcome.HOLDS);
    }

    @Test
    void aReductionOfErrorIsRelative() {
        Finding reached = one(new ErrorReduction("x", DATAGRAD, BASE, 500, 15, OptionalDouble.of(20)));
        assertThat(reached.ours().orElseThrow()).isCloseTo(11.94, within(1e-6));
        assertThat(reached.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(one(new ErrorReduction("x", DATAGRAD, BASE, 500, 16, OptionalDouble.of(20)))
                        .outcome())
                .isEqualTo(Outcome.PARTLY);
        assertThat(one(new ErrorReduction("x", "none", BASE, 500, 15, OptionalDouble.of(20)))
                        .outcome())
                .isEqualTo(Outcome.NOT);
    }

    @Test
    void aSampleIsWorthWhatTheOtherCurveNeeds() {
        Finding worth = one(new SampleWorth("x", DATAGRAD, BASE, 500, OptionalDouble.of(1.1), OptionalDouble.of(2)));
        // error 6.7 % × 0.8806 = 5.9 %, between 6.7 % at 500 and 4.3 % at 1,000
        double share = Math.log(6.7 / 5.9) / Math.log(6.7 / 4.3);
        assertThat(worth.ours().orElseThrow()).isCloseTo(Math.pow(2, share), within(1e-3));
        assertThat(worth.outcome()).isEqualTo(Outcome.HOLDS);
        Finding beyond = one(new SampleWorth("x", DATAGRAD, BASE, 2000, OptionalDouble.of(1.1), OptionalDouble.of(2)));
        assertThat(beyond.outcome()).isEqualTo(Outcome.UNDEFINED);
        assertThat(beyond.remark()).contains("beyond the largest n");
    }

    @Test
    void theLargestIncreaseIsTakenOverSizes() {
        Finding largest = one(new RelativeIncrease("x", DATAGRAD, BASE, 4));
        assertThat(largest.ours().orElseThrow()).isCloseTo(100 * 0.16 * 0.206 / 0.794, within(1e-6));
        assertThat(largest.remark()).isEqualTo("at n = 100");
        assertThat(largest.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(one(new RelativeIncrease("x", DATAGRAD, BASE, 30)).outcome()).isEqualTo(Outcome.PARTLY);
    }
}
