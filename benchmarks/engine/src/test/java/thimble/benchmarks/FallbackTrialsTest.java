package thimble.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.backend.BackendException;

class FallbackTrialsTest {
    private static final String REASON = "[opencl] toy has too little memory for a state: wanted 8 bytes but had 4";

    @TempDir
    private Path temporary;

    /** Analytic trials on a device that works so many times, and one that is whole again afterwards. */
    private static final class Failing extends AnalyticTrials {
        private final AtomicInteger left;
        private final AtomicInteger failures;

        Failing(int left, int failures) {
            this.left = new AtomicInteger(left);
            this.failures = new AtomicInteger(failures);
        }

        @Override
        public TrialResult run(TrialTask task) {
            if (left.getAndDecrement() <= 0 && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("member 2", new BackendException(REASON));
            }
            return super.run(task);
        }
    }

    @Test
    void aFailedDeviceFailsTrialsThatResumingRepeats() {
        Comparison comparison = Examples.comparison("none,broken", List.of(12), 4, 0);
        List<Trial> whole = run(comparison, new AnalyticTrials(), "whole");
        List<Trial> cut = run(comparison, new Failing(2, 3), "cut");
        assertThat(cut.stream().filter(Trial::lost)).hasSize(3).allSatisfy(trial -> {
            assertThat(trial.reason()).hasValue("[device] " + REASON);
            assertThat(trial.backend()).isEqualTo("reference");
        });
        Path folder = temporary.resolve("cut");
        AnalyticTrials again = new AnalyticTrials();
        List<Progress> events = new ArrayList<>();
        try (TrialStore store = TrialStore.resume(folder, Examples.config(comparison))) {
            assertThat(new TrialExecutor(1)
                            .run(comparison, again, store, events::add, () -> false)
                            .trials())
                    .isEqualTo(whole);
            assertThat(Summary.of(store).failures()).as("broken ones alone").hasSize(4);
        }
        assertThat(again.runs).as("what failed by itself stays failed").hasSize(3);
        assertThat(events.getFirst()).isEqualTo(new Progress.Planned(0, 0, 8, 5));
    }

    @Test
    void whatADeviceTookFromTheTuningIsTunedAgain() {
        Comparison comparison = Examples.comparison("none", List.of(30, 60), 2, 3);
        List<Trial> whole = run(comparison, new AnalyticTrials(), "tuned");
        Failing failing = new Failing(4, 1);
        List<Trial> cut = run(comparison, failing, "half");
        assertThat(cut).hasSize(4);
        assertThat(cut.stream().filter(Trial::lost))
                .hasSize(2)
                .allSatisfy(trial -> assertThat(trial.size()).isEqualTo(60));
        try (TrialStore store = TrialStore.resume(temporary.resolve("half"), Examples.config(comparison))) {
            assertThat(new TrialExecutor(1)
                            .run(comparison, new AnalyticTrials(), store, ProgressListener.NONE, () -> false)
                            .trials())
                    .isEqualTo(whole);
        }
        assertThat(TrialStore.tuning(temporary.resolve("half"))).hasSize(6).noneMatch(TuningTrial::lost);
    }

    @Test
    void theFallbackGoesOnAndIsNamedAndSaidOnce() {
        Comparison comparison = Examples.comparison("none,broken", List.of(12), 4, 0);
        List<Trial> whole = run(comparison, new AnalyticTrials(), "gpu");
        List<String> told = new ArrayList<>();
        AnalyticTrials cpu = new AnalyticTrials();
        TrialRunner safe = new FallbackTrials(new Failing(3, 100), cpu, "cpu", told::add);
        List<Trial> trials = run(comparison, safe, "safe");
        assertThat(told).containsExactly(REASON);
        assertThat(cpu.runs).hasSize(5);
        assertThat(trials.stream().filter(Trial::ok).map(Trial::backend))
                .containsExactly("reference", "reference", "cpu", "cpu");
        assertThat(trials.stream().map(Trial::test).toList())
                .isEqualTo(whole.stream().map(Trial::test).toList());
        assertThat(trials).noneMatch(Trial::lost);
    }

    private List<Trial> run(Comparison comparison, TrialRunner runner, String name) {
        try (TrialStore store = Examples.store(temporary.resolve(name), comparison)) {
            return new TrialExecutor(1)
                    .run(comparison, runner, store, ProgressListener.NONE, () -> false)
                    .trials();
        }
    }
}
