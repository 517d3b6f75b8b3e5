package thimble.benchmarks.experiments.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.backend.ReferenceBackend;
import thimble.benchmarks.Examples;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Ledger;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Records;
import thimble.data.DatasetSource;
import thimble.train.TrainedModel;
import thimble.train.Weights;

class EpochCurvesTest {
    private static final CurveNetwork NETWORK = new CurveNetwork("linear", "none", List.of(), 16, 60, 3);
    private static final CurveTuning.Candidate USUAL = new CurveTuning.Candidate("none", 0.1);
    private static final CurveTuning.Candidate SLOWER = new CurveTuning.Candidate("none", 0.05);
    private static final CurveTuning TUNING = new CurveTuning(
            new CurveNetwork("linear", "none", List.of(), 16, 30, 1),
            Map.of("plain", List.of(USUAL, SLOWER), "other", List.of(SLOWER, USUAL)));

    @TempDir
    Path folder;

    private Bench bench(BooleanSupplier cancelled) {
        DatasetSource.Parts toy = new DatasetSource.Parts(
                Examples.classes("train", 90, 3), Optional.of(Examples.classes("test", 40, 3)), Optional.empty());
        return new Bench(new ReferenceBackend(), _ -> toy, 1, folder, cancelled);
    }

    private double epoch(Bench bench, int epoch) {
        DatasetSource.Parts parts = CurveNetwork.pictures(bench, 60, 1000);
        return new EpochTraining(NETWORK, "plain").accuracy(bench, USUAL, epoch, parts);
    }

    private float[] uninterrupted(Bench bench) {
        DatasetSource.Parts parts = CurveNetwork.pictures(bench, 60, 1000);
        try (TrainedModel whole =
                NETWORK.trainer(bench, parts.train(), "none", 0.1).fit(parts.train())) {
            return kernel(whole.weights());
        }
    }

    private float[] kernel() {
        return kernel(Weights.load(folder.resolve("plain-epoch-3.safetensors")));
    }

    private static float[] kernel(Weights weights) {
        return weights.find("out.kernel").orElseThrow().values();
    }

    @Test
    void epochByEpochIsOneTraining() throws IOException {
        Bench bench = bench(() -> false);
        for (int epoch = 1; epoch <= 3; epoch++) {
            assertThat(epoch(bench, epoch)).isBetween(0.0, 1.0);
        }
        assertThat(kernel()).containsExactly(uninterrupted(bench));
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("plain-epoch-2.safetensors", "plain-epoch-3.safetensors");
        }
        assertThat(epoch(bench, 3)).isEqualTo(epoch(bench, 3));
    }

    @Test
    void aStopWithinAnEpochLosesNothing() {
        Bench bench = bench(() -> false);
        epoch(bench, 1);
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> epoch(bench(() -> asked.incrementAndGet() > 2), 2))
                .isInstanceOf(CancellationException.class);
        assertThat(folder.resolve("plain-epoch.safetensors")).exists();
        epoch(bench, 2);
        epoch(bench, 3);
        assertThat(kernel()).containsExactly(uninterrupted(bench));
    }

    @Test
    void aFileThatStoodAtTheEndOfItsEpochIsNotTrainedFurther() throws IOException {
        Bench bench = bench(() -> false);
        epoch(bench, 1);
        epoch(bench, 2);
        Files.move(folder.resolve("plain-epoch-2.safetensors"), folder.resolve("plain-epoch.safetensors"));
        epoch(bench, 2);
        epoch(bench, 3);
        assertThat(kernel()).containsExactly(uninterrupted(bench));
    }

    @Test
    void anEpochWaitsForTheOneInFront() {
        assertThatThrownBy(() -> epoch(bench(() -> false), 2))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("epoch 1 of plain was not finished");
    }

    @Test
    void theCurvesUseWhatTuningChose() {
        Bench bench = bench(() -> false);
        EpochCurves curves = new EpochCurves(NETWORK, TUNING, 40, List.of("plain", "other"));
        Measurement.Run first = curves.runs(Form.FULL).getFirst();
        assertThatThrownBy(() -> first.work().values(bench))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("to be tried before");
        try (Ledger ledger = Ledger.open(folder.resolve("tuning.jsonl"))) {
            TUNING.runs(Form.FULL)
                    .forEach(run -> ledger.append(run.key(), run.work().values(bench)));
        }
        Records tried = Ledger.read(folder.resolve("tuning.jsonl"));
        assertThat(TUNING.findings(tried)).hasSize(4).allMatch(row -> row.outcome() == Outcome.REPORTED);
        assertThat(first.work().values(bench)).containsOnlyKeys("accuracy");
    }

    @Test
    void theFirstOfEqualCandidatesIsChosen() {
        LinkedHashMap<String, Map<String, Double>> values = new LinkedHashMap<>();
        TUNING.runs(Form.FULL).forEach(run -> values.put(run.key(), Map.of("accuracy", 0.5)));
        assertThat(TUNING.chosen("plain", new Records(values))).isEqualTo(USUAL);
        assertThat(TUNING.chosen("other", new Records(values))).isEqualTo(SLOWER);
        values.replaceAll((key, old) -> key.contains("0.05") ? Map.of("accuracy", 0.6) : old);
        assertThat(TUNING.chosen("plain", new Records(values))).isEqualTo(SLOWER);
    }

    @Test
    void armsAreComparedAtTheLatestEpochOfAll() {
        EpochCurves curves = new EpochCurves(NETWORK, TUNING, 10_000, List.of("plain", "other"));
        LinkedHashMap<String, Map<String, Double>> values = new LinkedHashMap<>();
        List<Measurement.Run> runs = curves.runs(Form.FULL);
        for (int i = 0; i < 5; i++) {
            values.put(runs.get(i).key(), Map.of("accuracy", 0.7 + 0.02 * i));
        }
        Records records = new Records(values);
        List<Finding> rows = curves.findings(records);
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).ours().orElseThrow()).isCloseTo(74, within(1e-9));
        assertThat(rows.get(0).label()).contains("after 2 of 3 epochs");
        assertThat(rows.get(2).ours().orElseThrow()).isCloseTo(2, within(1e-9));
        assertThat(rows.get(2).outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(rows.get(2).remark()).contains("ahead after 2 of 2 epochs");
        var plot = curves.plot(records).orElseThrow();
        assertThat(plot.series().get(0).points()).hasSize(3);
        assertThat(plot.series().get(1).points()).hasSize(2);
    }
}
