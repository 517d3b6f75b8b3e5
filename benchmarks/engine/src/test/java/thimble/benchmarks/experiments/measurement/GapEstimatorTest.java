package thimble.benchmarks.experiments.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Records;

class GapEstimatorTest {
    private static final GapEstimator ESTIMATOR = new GapEstimator(Conditions.of("toy", "linear"), 500, 3);

    @Test
    void theErrorIsThatOfIndependentDraws() {
        double[] losses = new double[4000];
        for (int i = 0; i < losses.length; i += 2) {
            losses[i] = 1;
        }
        for (int count : new int[] {10, 100, 1000}) {
            assertThat(GapEstimator.error(losses, count, 1) * Math.sqrt(count)).isCloseTo(0.5, within(0.04));
        }
    }

    @Test
    void aSlopeOfMinusOneHalfIsConsistent() {
        Finding slope = slope(count -> 3 / Math.sqrt(count));
        assertThat(slope.ours().orElseThrow()).isCloseTo(-0.5, within(1e-12));
        assertThat(slope.outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(slope(count -> 0.1).outcome()).isEqualTo(Outcome.NOT);
        assertThat(slope(count -> 1.0 / count).outcome()).isEqualTo(Outcome.NOT);
    }

    @Test
    void nothingIsSaidBeforeItRan() {
        List<Finding> rows = ESTIMATOR.findings(new Records(new LinkedHashMap<>()));
        assertThat(rows).isNotEmpty().allMatch(row -> row.outcome() == Outcome.OPEN);
        assertThat(rows.getLast().published()).hasValue(-0.5);
    }

    @Test
    void theFigureHasAPointForEachNumber() {
        var plot = ESTIMATOR.plot(records(count -> 1.0 / count)).orElseThrow();
        assertThat(plot.series().getFirst().points()).hasSize(7);
        assertThat(plot.series().getFirst().points().getFirst().y()).isCloseTo(0.1, within(1e-12));
        assertThat(ESTIMATOR.plot(new Records(new LinkedHashMap<>()))).isEmpty();
    }

    private static Finding slope(IntToDoubleFunction error) {
        return ESTIMATOR.findings(records(error)).getLast();
    }

    private static Records records(IntToDoubleFunction error) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("gap", 0.4);
        for (int count : new int[] {10, 20, 50, 100, 200, 500, 1000}) {
            values.put("error " + count, error.applyAsDouble(count));
        }
        LinkedHashMap<String, Map<String, Double>> all = new LinkedHashMap<>();
        ESTIMATOR.runs(Form.FULL).forEach(run -> all.put(run.key(), values));
        return new Records(all);
    }
}
