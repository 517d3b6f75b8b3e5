package thimble.benchmarks.experiments.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import thimble.backend.ReferenceBackend;
import thimble.benchmarks.Examples;
import thimble.benchmarks.report.Plot;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Records;
import thimble.data.DatasetSource;

class FineTuningTest {
    private static final FineTuning TUNING =
            new FineTuning("toy", "mlp:hidden=6", 20, 4, List.of(8, 16), 2, List.of("l2-sp"));

    private static Map<String, Double> values(double pretrained) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int size : List.of(8, 16)) {
            values.put("random weights @ " + size, 60.0);
            values.put("none @ " + size, pretrained);
            values.put("l2-sp @ " + size, pretrained + 2);
        }
        return values;
    }

    private static Records records() {
        LinkedHashMap<String, Map<String, Double>> all = new LinkedHashMap<>();
        double pretrained = 70;
        for (Measurement.Run run : TUNING.runs(Form.FULL)) {
            all.put(run.key(), values(pretrained));
            pretrained += 10;
        }
        return new Records(all);
    }

    private static double row(String label) {
        return TUNING.findings(records()).stream()
                .filter(row -> row.label().equals(label))
                .findFirst()
                .orElseThrow()
                .ours()
                .orElseThrow();
    }

    @Test
    void gainsArePairedByRepeat() {
        assertThat(row("accuracy from random weights, n = 8")).isCloseTo(60, within(1e-9));
        assertThat(row("pre-trained weights − random ones, n = 16")).isCloseTo(15, within(1e-9));
        assertThat(row("l2-sp − none, both pre-trained, n = 16")).isCloseTo(2, within(1e-9));
        assertThat(TUNING.findings(new Records(new LinkedHashMap<>())))
                .hasSize(6)
                .allMatch(row -> row.outcome() == Outcome.OPEN);
    }

    @Test
    void theFigureShowsErrors() {
        Plot plot = TUNING.plot(records()).orElseThrow();
        assertThat(plot.series()).hasSize(3);
        Plot.Point first = plot.series().get(1).points().getFirst();
        assertThat(first.x()).isEqualTo(8);
        assertThat(first.y()).isCloseTo(25, within(1e-9));
        assertThat(first.interval().orElseThrow().contains(25)).isTrue();
        assertThat(TUNING.plot(new Records(new LinkedHashMap<>()))).isEmpty();
    }

    @Test
    void weightsOfTheOtherHalfAreKept() {
        DatasetSource.Parts toy = new DatasetSource.Parts(
                Examples.classes("train", 200, 10), Optional.of(Examples.classes("test", 40, 10)), Optional.empty());
        Bench bench = new Bench(new ReferenceBackend(), _ -> toy, 1, Path.of("none"), () -> false);
        FineTuning plain = new FineTuning("toy", "mlp:hidden=6", 200, 1, List.of(8, 16), 1, List.of());
        Map<String, Double> values = plain.runs(Form.FULL).getFirst().work().values(bench);
        assertThat(values).containsOnlyKeys("random weights @ 8", "none @ 8", "random weights @ 16", "none @ 16");
        assertThat(values.values()).allMatch(accuracy -> accuracy >= 0 && accuracy <= 100);
        assertThat(values.get("none @ 8")).isNotEqualTo(values.get("random weights @ 8"));
    }
}
