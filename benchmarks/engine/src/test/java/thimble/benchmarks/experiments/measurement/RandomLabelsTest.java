package thimble.benchmarks.experiments.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Records;

class RandomLabelsTest {
    private static final RandomLabels LABELS = new RandomLabels("toy", "mlp", 100, 4, 2, List.of("dropout"));

    private static List<Finding> rows(DoubleUnaryOperator accuracy, DoubleUnaryOperator steps) {
        return LABELS.findings(records(accuracy, steps));
    }

    private static Records records(DoubleUnaryOperator accuracy, DoubleUnaryOperator steps) {
        LinkedHashMap<String, Map<String, Double>> all = new LinkedHashMap<>();
        for (Measurement.Run run : LABELS.runs(Form.FULL)) {
            double rate = Double.parseDouble(run.key().substring("dropout ".length(), "dropout ".length() + 3));
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("accuracy", accuracy.applyAsDouble(rate));
            if (rate < 0.55) {
                values.put("steps", steps.applyAsDouble(rate));
            }
            all.put(run.key(), values);
        }
        return new Records(all);
    }

    private static Finding row(List<Finding> rows, String start) {
        return rows.stream()
                .filter(row -> row.label().startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyRateIsRunAsOftenAsThereAreRepeats() {
        assertThat(LABELS.runs(Form.FULL)).hasSize(20);
        assertThat(LABELS.runs(Form.FULL).stream().map(Measurement.Run::key)).doesNotHaveDuplicates();
    }

    @Test
    void aLineIsALine() {
        List<Finding> rows = rows(rate -> 1 - 0.8 * rate, rate -> 200 + 500 * rate);
        assertThat(row(rows, "accuracy on random labels, dropout 0.5").ours().orElseThrow())
                .isCloseTo(60, within(1e-9));
        Finding slope = row(rows, "line of accuracy over drop rate, dropout: slope");
        assertThat(slope.ours().orElseThrow()).isCloseTo(-8, within(1e-9));
        assertThat(slope.outcome()).isEqualTo(Outcome.HOLDS);
        Finding share = row(rows, "line of accuracy over drop rate, dropout: R²");
        assertThat(share.ours().orElseThrow()).isCloseTo(1, within(1e-9));
        assertThat(share.outcome()).isEqualTo(Outcome.HOLDS);
        Finding longer = row(rows, "line of steps");
        assertThat(longer.ours().orElseThrow()).isCloseTo(50, within(1e-9));
        assertThat(longer.outcome()).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void aCliffFallsWithoutBeingALine() {
        List<Finding> rows = rows(rate -> rate < 0.75 ? 1 : 0.1, rate -> 200);
        assertThat(row(rows, "line of accuracy over drop rate, dropout: slope").outcome())
                .isEqualTo(Outcome.HOLDS);
        assertThat(row(rows, "line of accuracy over drop rate, dropout: R²").outcome())
                .isEqualTo(Outcome.PARTLY);
        assertThat(row(rows, "line of steps").outcome()).isEqualTo(Outcome.NOT);
    }

    @Test
    void risingCapacityDoesNotHold() {
        List<Finding> rows = rows(rate -> 0.1 + 0.5 * rate, rate -> 300 - 100 * rate);
        assertThat(row(rows, "line of accuracy over drop rate, dropout: slope").outcome())
                .isEqualTo(Outcome.NOT);
        assertThat(row(rows, "line of steps").outcome()).isEqualTo(Outcome.NOT);
    }

    @Test
    void ratesThatDidNotGetThereAreSaid() {
        List<Finding> rows = rows(rate -> 1 - rate, rate -> 100);
        Finding none = row(rows, "steps to a training loss of 2, dropout 0.9");
        assertThat(none.outcome()).isEqualTo(Outcome.UNDEFINED);
        assertThat(none.remark()).isEqualTo("0 of 2 got there within 200 steps");
        assertThat(row(rows, "steps to a training loss of 2, dropout 0.5").remark())
                .isEmpty();
    }

    @Test
    void theFigureHasAPointForEachRate() {
        var plot = LABELS.plot(records(rate -> 1 - rate, rate -> 100)).orElseThrow();
        assertThat(plot.series()).hasSize(1);
        assertThat(plot.series().getFirst().points()).hasSize(10);
        assertThat(plot.series().getFirst().points().get(3).y()).isCloseTo(70, within(1e-9));
        assertThat(LABELS.plot(new Records(new LinkedHashMap<>()))).isEmpty();
    }

    @Test
    void nothingIsSaidBeforeItRan() {
        assertThat(LABELS.findings(new Records(new LinkedHashMap<>())))
                .isNotEmpty()
                .allMatch(row -> row.outcome() == Outcome.OPEN && row.remark().isEmpty());
    }
}
