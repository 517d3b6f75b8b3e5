package thimble.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Runs a comparison on a fixed number of threads; the results do not depend on how many. Trials and tuning trials that a folder holds already
 * are not run again, but those whose device failed are. Repeats and candidates of an arm and size that
 * its runner likes to train at once run on one thread.
 *
 * @param workers trainings at once, at least 1
 */
public record TrialExecutor(int workers) {
    /** Checks the number of threads. */
    public TrialExecutor {
        if (workers < 1) {
            throw new IllegalArgumentException("[workers] expected >= 1 but received " + workers);
        }
    }

    /**
     * How a run ended.
     *
     * @param trials all finished trials, in the order planned
     * @param interrupted true if it was cancelled before the last one
     */
    public record Outcome(List<Trial> trials, boolean interrupted) {}

    /**
     * Tunes, trains, evaluates and stores whatever is not in the store yet.
     *
     * @param cancelled asked between steps: true ends the run soon, finished trials are kept
     * @throws IllegalArgumentException if the comparison has a fault, before any training
     * @throws StoreException if a result cannot be stored
     */
    public Outcome run(
            Comparison comparison,
            TrialRunner runner,
            TrialStore store,
            ProgressListener listener,
            BooleanSupplier cancelled) {
        comparison.check(runner);
        Map<TrialKey, Trial> finished = new ConcurrentHashMap<>(store.finished());
        finished.values().removeIf(Trial::lost);
        Workbench bench = new Workbench(comparison, runner, store, listener, cancelled);
        List<TrialKey> plan = plan(comparison);
        List<TrialKey> tuned = tuned(comparison, runner);
        List<TrialKey> open =
                plan.stream().filter(key -> !finished.containsKey(key)).toList();
        int candidates = tuned.size() * comparison.tune();
        int done = bench.tuned(tuned);
        bench.tell(new Progress.Planned(candidates, done, plan.size(), plan.size() - open.size()));
        Pool pool = new Pool(workers, cancelled);
        ToIntFunction<TrialKey> most = key -> runner.replicas(comparison, arm(comparison, key));
        boolean all = pool.run(TrialGroups.of(bench.open(tuned), Candidate::key, most).stream()
                        .<Runnable>map(group -> () -> bench.tune(group))
                        .toList())
                && pool.run(TrialGroups.of(open, Function.identity(), most).stream()
                        .<Runnable>map(group -> () -> bench.run(group, trial -> finished.put(trial.key(), trial)))
                        .toList());
        List<Trial> trials = plan.stream()
                .flatMap(key -> Optional.ofNullable(finished.get(key)).stream())
                .toList();
        return new Outcome(trials, !all);
    }

    /** Repeats outermost, so that after each of them all arms can be compared. */
    static List<TrialKey> plan(Comparison comparison) {
        List<TrialKey> plan = new ArrayList<>();
        for (int repeat = 1; repeat <= comparison.trials(); repeat++) {
            for (int size : comparison.sizes()) {
                for (Arm arm : comparison.arms()) {
                    plan.add(new TrialKey(arm.text(), size, repeat));
                }
            }
        }
        return plan;
    }

    private static List<TrialKey> tuned(Comparison comparison, TrialRunner runner) {
        if (comparison.tune() == 0) {
            return List.of();
        }
        List<TrialKey> keys = new ArrayList<>();
        for (TrialKey trial : plan(comparison)) {
            TrialKey key = Workbench.tuningKey(comparison, trial);
            if (!keys.contains(key)
                    && !runner.tunables(comparison, arm(comparison, key)).isEmpty()) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static Arm arm(Comparison comparison, TrialKey key) {
        return comparison.arms().stream()
                .filter(arm -> arm.text().equals(key.methods()))
                .findFirst()
                .orElseThrow();
    }
}
