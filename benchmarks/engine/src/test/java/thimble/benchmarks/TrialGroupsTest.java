package thimble.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialGroupsTest {
    private static final String METHODS = "none,spectreg:lambda=[1e-4..1e-2],forest,broken";

    @TempDir
    private Path temporary;

    /** Trains so many analytic trials at once, but forests; notes how many came together. */
    private static final class Together extends AnalyticTrials {
        private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
        private final int most;

        Together(int most) {
            this.most = most;
        }

        @Override
        public int replicas(Comparison comparison, Arm arm) {
            return classical(arm) ? 1 : most;
        }

        @Override
        public List<Supplier<TrialResult>> together(List<TrialTask> tasks) {
            sizes.add(tasks.size());
            assertThat(tasks)
                    .allSatisfy(task -> assertThat(task.train().size())
                            .isEqualTo(tasks.getFirst().train().size()));
            return super.together(tasks);
        }
    }

    @Test
    void repeatsOfAnArmAndSizeComeTogetherInTheOrderOfThePlan() {
        Comparison comparison = Examples.comparison("none,forest", List.of(12, 30), 5, 0);
        List<TrialKey> plan = TrialExecutor.plan(comparison);
        List<List<TrialKey>> groups =
                TrialGroups.of(plan, Function.identity(), key -> key.methods().equals("none") ? 3 : 1);
        assertThat(groups.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(plan);
        assertThat(groups).hasSize(2 * 2 + 2 * 5);
        assertThat(groups.getFirst())
                .containsExactly(new TrialKey("none", 12, 1), new TrialKey("none", 12, 2), new TrialKey("none", 12, 3));
        assertThat(groups.get(1)).containsExactly(new TrialKey("forest", 12, 1));
        assertThat(groups).contains(List.of(new TrialKey("none", 30, 4), new TrialKey("none", 30, 5)));
        assertThat(TrialGroups.of(plan, Function.identity(), _ -> 1)).hasSameSizeAs(plan);
    }

    @Test
    void trialsThatTrainTogetherEqualThoseThatTrainAlone() {
        Comparison comparison = Examples.comparison(METHODS, List.of(30, 60), 6, 3);
        List<Trial> alone = run(comparison, new Together(1), "alone");
        Together four = new Together(4);
        assertThat(run(comparison, four, "four")).isEqualTo(alone).hasSize(48);
        assertThat(TrialStore.tuning(temporary.resolve("four")))
                .containsExactlyInAnyOrderElementsOf(TrialStore.tuning(temporary.resolve("alone")));
        assertThat(four.sizes).contains(4, 3, 2, 1).allMatch(size -> size <= 4);
        assertThat(alone.stream().filter(trial -> !trial.ok())).hasSize(12).noneMatch(Trial::lost);
    }

    @Test
    void oneRunOfATuningHasTheFoldsOfAllItsCandidates() {
        Comparison comparison = Examples.comparison("none", List.of(9), 2, 3);
        Together four = new Together(4);
        List<Trial> together = run(comparison, four, "folds");
        assertThat(four.sizes).containsExactly(18, 2);
        assertThat(together).isEqualTo(run(comparison, new Together(1), "folds-alone"));
    }

    @Test
    void aGroupOfWhichSomeAreFinishedTrainsTheRest() {
        Comparison comparison = Examples.comparison("none,spectreg", List.of(12), 6, 0);
        List<Trial> whole = run(comparison, new Together(4), "whole");
        Path folder = temporary.resolve("cut");
        AtomicBoolean enough = new AtomicBoolean();
        try (TrialStore store = Examples.store(folder, comparison)) {
            ProgressListener third = event ->
                    enough.compareAndSet(false, event instanceof Progress.Finished(Trial trial) && trial.repeat() == 3);
            TrialExecutor.Outcome outcome =
                    new TrialExecutor(1).run(comparison, new Together(4), store, third, enough::get);
            assertThat(outcome.interrupted()).isTrue();
            assertThat(outcome.trials()).hasSize(3);
        }
        Together four = new Together(4);
        try (TrialStore store = TrialStore.resume(folder, Examples.config(comparison))) {
            assertThat(new TrialExecutor(1)
                            .run(comparison, four, store, ProgressListener.NONE, () -> false)
                            .trials())
                    .isEqualTo(whole);
        }
        assertThat(four.sizes).containsExactly(4, 3, 2);
        assertThat(TrialStore.trials(folder)).hasSize(12);
    }

    @Test
    void aCancelledGroupIsNoFailure() {
        Comparison comparison = Examples.comparison("none", List.of(12), 6, 0);
        TrialRunner stopped = new Stopped();
        try (TrialStore store = Examples.store(temporary.resolve("cancelled"), comparison)) {
            TrialExecutor.Outcome outcome =
                    new TrialExecutor(1).run(comparison, stopped, store, ProgressListener.NONE, () -> false);
            assertThat(outcome.interrupted()).isTrue();
            assertThat(outcome.trials()).isEmpty();
            assertThat(TrialStore.trials(store.folder())).isEmpty();
        }
    }

    /** Every group is cancelled. */
    private static final class Stopped implements TrialRunner {
        private final Together trials = new Together(6);

        @Override
        public List<Tunable> tunables(Comparison comparison, Arm arm) {
            return trials.tunables(comparison, arm);
        }

        @Override
        public boolean classical(Arm arm) {
            return false;
        }

        @Override
        public int replicas(Comparison comparison, Arm arm) {
            return 6;
        }

        @Override
        public TrialResult run(TrialTask task) {
            throw new AssertionError("nothing runs alone");
        }

        @Override
        public List<Supplier<TrialResult>> together(List<TrialTask> tasks) {
            assertThat(tasks).hasSize(6);
            throw new CancellationException();
        }
    }

    private List<Trial> run(Comparison comparison, TrialRunner runner, String name) {
        try (TrialStore store = Examples.store(temporary.resolve(name), comparison)) {
            return new TrialExecutor(2)
                    .run(comparison, runner, store, ProgressListener.NONE, () -> false)
                    .trials();
        }
    }
}
