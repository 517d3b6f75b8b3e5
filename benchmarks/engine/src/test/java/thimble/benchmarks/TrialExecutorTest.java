package thimble.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialExecutorTest {
    private static final String METHODS = "none,spectreg:lambda=[1e-4..1e-2],forest";

    @TempDir
    private Path temporary;

    @Test
    void resultsDoNotDependOnTheNumberOfWorkers() {
        Comparison comparison = Examples.comparison(METHODS, List.of(12, 30, 60), 6, 4);
        List<Trial> serial = run(comparison, "serial", 1);
        assertThat(run(comparison, "parallel", 4)).isEqualTo(serial).hasSize(54);
        assertThat(Summary.of(Examples.config(comparison), serial, TrialStore.tuning(temporary.resolve("serial")))
                        .json())
                .isEqualTo(Summary.of(
                                Examples.config(comparison), serial, TrialStore.tuning(temporary.resolve("parallel")))
                        .json());
    }

    @Test
    void pairsShareSubsetAndSeedAndRepeatsDoNot() {
        AnalyticTrials runner = new AnalyticTrials();
        Comparison comparison = Examples.comparison("none,dropout", List.of(12), 3, 0);
        try (TrialStore store = Examples.store(temporary.resolve("a"), comparison)) {
            new TrialExecutor(1).run(comparison, runner, store, ProgressListener.NONE, () -> false);
        }
        Map<String, List<String>> bySeed = runner.runs.stream()
                .map(run -> run.split("\\|"))
                .collect(Collectors.groupingBy(run -> run[3], Collectors.mapping(run -> run[2], Collectors.toList())));
        assertThat(bySeed).containsOnlyKeys("1", "2", "3");
        assertThat(bySeed.values())
                .allSatisfy(sums -> assertThat(sums).hasSize(2).containsOnly(sums.getFirst()));
        assertThat(bySeed.values().stream().map(List::getFirst).distinct()).hasSize(3);
    }

    @Test
    void everyTunedArmGetsTheSameNumberOfCandidatesAndTheSameRates() {
        Comparison comparison = Examples.comparison(METHODS, List.of(12, 30), 2, 5);
        run(comparison, "tuned", 2);
        List<TuningTrial> tuning = TrialStore.tuning(temporary.resolve("tuned"));
        Map<TrialKey, Long> counts =
                tuning.stream().collect(Collectors.groupingBy(TuningTrial::key, Collectors.counting()));
        assertThat(counts.values()).hasSize(4).containsOnly(5L);
        List<String> plain = rates(tuning, "none");
        assertThat(plain).hasSize(5).doesNotHaveDuplicates().isEqualTo(rates(tuning, "spectreg:lambda=[1e-4..1e-2]"));
        assertThat(plain.getFirst()).isEqualTo("0.001");
    }

    @Test
    void tuningTakesTheBestCandidateForAllRepeats() {
        Comparison comparison = Examples.comparison("none", List.of(30), 2, 8);
        List<Trial> trials = run(comparison, "best", 1);
        double nearest = TrialStore.tuning(temporary.resolve("best")).stream()
                .mapToDouble(trial -> Double.parseDouble(trial.chosen().get("lr")))
                .boxed()
                .min(java.util.Comparator.comparingDouble(rate -> Math.abs(Math.log10(rate / 2e-3))))
                .orElseThrow();
        assertThat(trials)
                .allSatisfy(trial -> assertThat(
                                Double.parseDouble(trial.hyperparameters().get("lr")))
                        .isEqualTo(nearest));
    }

    @Test
    void whatWasTunedForOtherSizesIsNoProgressOfThisOne() {
        Comparison both = Examples.comparison(METHODS, List.of(12, 30), 2, 5);
        List<Progress> events = new ArrayList<>();
        try (TrialStore store = Examples.store(temporary.resolve("sizes"), both)) {
            new TrialExecutor(1)
                    .run(
                            Examples.comparison(METHODS, List.of(12), 2, 5),
                            new AnalyticTrials(),
                            store,
                            ProgressListener.NONE,
                            () -> false);
            new TrialExecutor(1)
                    .run(
                            Examples.comparison(METHODS, List.of(30), 2, 5),
                            new AnalyticTrials(),
                            store,
                            events::add,
                            () -> false);
        }
        assertThat(events.getFirst()).isEqualTo(new Progress.Planned(10, 0, 6, 0));
        assertThat(events).filteredOn(Progress.Tuned.class::isInstance).hasSize(10);
    }

    @Test
    void foldsTuneEachTrainingPartAlone() {
        Comparison comparison = Examples.comparison("none,dropout", List.of(30), 2, 3, new Protocol.Folds(4));
        AnalyticTrials runner = new AnalyticTrials();
        try (TrialStore store = Examples.store(temporary.resolve("cv"), comparison)) {
            List<Trial> trials = new TrialExecutor(2)
                    .run(comparison, runner, store, ProgressListener.NONE, () -> false)
                    .trials();
            assertThat(trials).hasSize(16);
            assertThat(TrialStore.tuning(store.folder())).hasSize(2 * 8 * 3);
        }
        assertThat(runner.runs.stream().map(run -> run.split("\\|")[1]).distinct())
                .contains("30")
                .hasSize(2);
    }

    @Test
    void failuresAreRecordedAndTheRunGoesOn() {
        Comparison comparison = Examples.comparison("none,broken,silent", List.of(12), 2, 0);
        List<Trial> trials = run(comparison, "failed", 2);
        assertThat(trials).hasSize(6);
        assertThat(trials.stream()
                        .filter(trial -> !trial.ok())
                        .map(trial -> trial.failure().orElseThrow())
                        .distinct())
                .containsExactlyInAnyOrder(
                        "[broken] loss is NaN at step 3",
                        "expected a finite accuracy on held-out examples but received NaN");
        Summary summary = Summary.of(Examples.config(comparison), trials, List.of());
        assertThat(summary.failures()).hasSize(4);
        assertThat(summary.cell("broken", 12)).isEmpty();
    }

    @Test
    void interruptedAndResumedEqualsUninterrupted() {
        Comparison comparison = Examples.comparison(METHODS, List.of(12, 30), 6, 3);
        List<Trial> whole = run(comparison, "whole", 1);
        AtomicInteger asked = new AtomicInteger();
        BooleanSupplier soon = () -> asked.incrementAndGet() > 40;
        Path folder = temporary.resolve("cut");
        try (TrialStore store = Examples.store(folder, comparison)) {
            TrialExecutor.Outcome outcome =
                    new TrialExecutor(2).run(comparison, new AnalyticTrials(), store, ProgressListener.NONE, soon);
            assertThat(outcome.interrupted()).isTrue();
            assertThat(outcome.trials()).hasSizeLessThan(whole.size());
        }
        int before = TrialStore.trials(folder).size();
        List<Progress> events = new ArrayList<>();
        try (TrialStore store = TrialStore.resume(folder, Examples.config(comparison))) {
            TrialExecutor.Outcome outcome =
                    new TrialExecutor(2).run(comparison, new AnalyticTrials(), store, events::add, () -> false);
            assertThat(outcome.interrupted()).isFalse();
            assertThat(outcome.trials()).isEqualTo(whole);
        }
        assertThat(TrialStore.trials(folder)).hasSize(whole.size());
        assertThat(events.getFirst()).isInstanceOfSatisfying(Progress.Planned.class, planned -> {
            assertThat(planned.finished()).isEqualTo(before);
            assertThat(planned.trials()).isEqualTo(whole.size());
            assertThat(planned.tuning()).isEqualTo(12);
        });
        assertThat(events.stream().filter(event -> event instanceof Progress.Finished))
                .hasSize(whole.size() - before);
    }

    @Test
    void aStoreThatFailsEndsTheRun() throws Exception {
        Comparison comparison = Examples.comparison("none,dropout", List.of(12), 3, 0);
        Path folder = temporary.resolve("closed");
        TrialStore store = Examples.store(folder, comparison);
        store.close();
        assertThatThrownBy(() -> new TrialExecutor(2)
                        .run(comparison, new AnalyticTrials(), store, ProgressListener.NONE, () -> false))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot write");
        assertThat(Files.size(folder.resolve("trials.jsonl"))).isZero();
        assertThatThrownBy(() -> new TrialExecutor(0)).hasMessageContaining("[workers] expected >= 1");
    }

    private List<Trial> run(Comparison comparison, String name, int workers) {
        try (TrialStore store = Examples.store(temporary.resolve(name), comparison)) {
            return new TrialExecutor(workers)
                    .run(comparison, new AnalyticTrials(), store, ProgressListener.NONE, () -> false)
                    .trials();
        }
    }

    private static List<String> rates(List<TuningTrial> tuning, String methods) {
        return tuning.stream()
                .filter(trial ->
                        trial.key().methods().equals(methods) && trial.key().size() == 12)
                .sorted(java.util.Comparator.comparingInt(TuningTrial::candidate))
                .map(trial -> trial.chosen().get("lr"))
                .toList();
    }
}
