package thimble.benchmarks.reproduction.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import thimble.benchmarks.Config;
import thimble.benchmarks.Invented;
import thimble.benchmarks.Summary;
import thimble.benchmarks.reproduction.Check;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Records;

class GapChecksTest {
    private static final Summary SUMMARY = Invented.summary();

    private static Finding one(Check check) {
        return check.findings(SUMMARY).getFirst();
    }

    @Test
    void aGapIsHeldOutMinusTrainingLoss() {
        Finding gap = one(GapLevel.of("gap", "dropout", 500));
        assertThat(gap.ours().orElseThrow()).isCloseTo(0.23, within(1e-9));
        assertThat(gap.interval()).isPresent();
        assertThat(gap.outcome()).isEqualTo(Outcome.REPORTED);
        assertThat(one(GapLevel.of("gap", "absent", 500)).outcome()).isEqualTo(Outcome.OPEN);
        assertThat(one(GapLevel.of("no loss known", "forest", 500)).outcome()).isEqualTo(Outcome.OPEN);
    }

    @Test
    void aGapThatTheoryGivesIsJudgedToBothSides() {
        assertThat(expected(0.24, 0.011)).isEqualTo(Outcome.HOLDS);
        assertThat(expected(0.22, 0.011)).isEqualTo(Outcome.HOLDS);
        assertThat(expected(0.25, 0.005)).isEqualTo(Outcome.PARTLY);
        assertThat(expected(2.3, 0.01)).isEqualTo(Outcome.NOT);
    }

    private static Outcome expected(double gap, double tolerance) {
        return one(new GapLevel("gap", "dropout", 500, Optional.of(new Published(gap, tolerance))))
                .outcome();
    }

    @Test
    void aSmallerGapIsAReductionByPairs() {
        Finding narrowed = one(new GapReduction("x", "dropout", "none", 500));
        assertThat(narrowed.ours().orElseThrow()).isCloseTo(0.15, within(1e-9));
        assertThat(narrowed.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(one(new GapReduction("x", "none", "dropout", 500)).outcome()).isEqualTo(Outcome.NOT);
        assertThat(one(new GapReduction("x", "absent", "none", 500)).outcome()).isEqualTo(Outcome.OPEN);
        assertThat(one(new GapReduction("x", "forest", "none", 500)).outcome()).isEqualTo(Outcome.OPEN);
    }

    @Test
    void aNumberOfOtherConditionsDoesNotJudge() {
        Finding beside = one(new Beside("x", "dropout", 500, 55.18));
        assertThat(beside.ours().orElseThrow()).isCloseTo(93.3, within(1e-6));
        assertThat(beside.published()).hasValue(55.18);
        assertThat(beside.outcome()).isEqualTo(Outcome.REPORTED);
        assertThat(one(new Beside("x", "absent", 500, 55.18)).outcome()).isEqualTo(Outcome.OPEN);
    }

    @Test
    void overlappingSplitsWidenTheInterval() {
        double[] gaps = {0.1, 0.2, 0.4};
        assertThat(GapLevel.interval(gaps, SUMMARY)).isEqualTo(Records.interval(gaps));
        Config folds = new Config(
                ((ObjectNode) SUMMARY.config().comparison().deepCopy()).put("overlap", 0.25),
                SUMMARY.config().environment());
        Summary overlapping = Summary.of(folds, Invented.trials(), List.of());
        assertThat(GapLevel.interval(gaps, overlapping).orElseThrow().halfWidth())
                .isCloseTo(Records.interval(gaps).orElseThrow().halfWidth() * Math.sqrt(1 + 3 * 0.25), within(1e-9));
        assertThat(GapLevel.interval(new double[] {0.1}, overlapping)).isEmpty();
    }
}
