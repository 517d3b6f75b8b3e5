package thimble.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Fold;
import thimble.train.TrainingListener;

/** Turns one key of a plan into a stored trial or tuning trial. Safe for many threads. */
final class Workbench {
    private final Comparison comparison;
    private final TrialRunner runner;
    private final TrialStore store;
    private final ProgressListener listener;
    private final BooleanSupplier cancelled;
    private final Partition partition;
    private final Map<TrialKey, List<TuningTrial>> tuned = new ConcurrentHashMap<>();

    Workbench(
            Comparison comparison,
            TrialRunner runner,
            TrialStore store,
            ProgressListener listener,
            BooleanSupplier cancelled) {
        this.comparison = comparison;
        this.runner = runner;
        this.store = store;
        this.listener = listener;
        this.cancelled = cancelled;
        this.partition = new Partition(comparison);
        TrialStore.tuning(store.folder()).forEach(this::keep);
    }

    /** What a trial is tuned for: all repeats together where the test set is apart; each alone where it is another's training set. */
    static TrialKey tuningKey(Comparison comparison, TrialKey trial) {
        boolean alone = comparison.protocol() instanceof Protocol.Folds;
        return new TrialKey(trial.methods(), trial.size(), alone ? trial.repeat() : 0);
    }

    /** Tuning trials of these keys that are finished; a folder may hold those of other sizes too. */
    int tuned(List<TrialKey> keys) {
        return keys.stream()
                .mapToInt(key -> tuned.getOrDefault(key, List.of()).size())
                .sum();
    }

    void tell(Progress event) {
        synchronized (listener) {
            listener.on(event);
        }
    }

    /** Runs a tuning trial unless it is finished. */
    void tune(TrialKey key, int candidate) {
        if (tuned.getOrDefault(key, List.of()).stream().anyMatch(trial -> trial.candidate() == candidate)) {
            return;
        }
        tell(new Progress.Started(key, true));
        int repeat = Math.max(1, key.repeat());
        Arm arm = arm(key);
        Map<String, String> chosen =
                Tuning.candidate(runner.tunables(comparison, arm), key, candidate, comparison.seed());
        TuningTrial trial;
        try {
            Map<String, Double> validation = validated(key, arm, chosen, repeat);
            trial = new TuningTrial(key, candidate, chosen, validation, fault(validation));
        } catch (CancellationException stopped) {
            throw stopped;
        } catch (RuntimeException failure) {
            trial = new TuningTrial(key, candidate, chosen, Map.of(), Optional.of(reason(failure)));
        }
        store.append(trial);
        keep(trial);
        tell(new Progress.Tuned(trial));
    }

    /** Runs and stores a trial. */
    Trial run(TrialKey key) {
        tell(new Progress.Started(key, false));
        Arm arm = arm(key);
        Map<String, String> chosen = chosen(key, arm);
        DatasetSource.Parts parts = partition.parts(key.repeat(), key.size());
        TrialTask task = task(arm, chosen, parts, parts.test().orElseThrow(), key.repeat(), listening(key));
        Trial trial;
        try {
            TrialResult result = runner.run(task);
            trial = trial(key, result, fault(result.held()));
        } catch (CancellationException stopped) {
            throw stopped;
        } catch (RuntimeException | OutOfMemoryError failure) {
            TrialResult none = new TrialResult(chosen, 0, Map.of(), Map.of(), 0);
            trial = trial(key, none, Optional.of(reason(failure)));
        }
        store.append(trial);
        tell(new Progress.Finished(trial));
        return trial;
    }

    private Map<String, String> chosen(TrialKey key, Arm arm) {
        List<TuningTrial> candidates = new ArrayList<>(tuned.getOrDefault(tuningKey(comparison, key), List.of()));
        candidates.sort(Comparator.comparingInt(TuningTrial::candidate));
        if (!candidates.isEmpty()) {
            return Tuning.best(candidates, comparison.metric()).chosen();
        }
        Map<String, String> middles = new LinkedHashMap<>();
        runner.tunables(comparison, arm).forEach(tunable -> middles.put(tunable.name(), tunable.middle()));
        return middles;
    }

    private Map<String, Double> validated(TrialKey key, Arm arm, Map<String, String> chosen, int repeat) {
        DatasetSource.Parts all = partition.parts(repeat, key.size());
        List<Fold> folds = Validation.folds(all.train(), comparison.seed(repeat));
        Map<String, Double> mean = new LinkedHashMap<>();
        for (Fold fold : folds) {
            DatasetSource.Parts parts = new DatasetSource.Parts(
                    fold.train(all.train()),
                    Optional.empty(),
                    all.decoder().map(decoder -> decoder.select(fold.train())));
            TrialTask task = task(arm, chosen, parts, fold.test(all.train()), repeat, TrainingListener.NONE);
            runner.run(task).held().forEach((name, value) -> mean.merge(name, value / folds.size(), Double::sum));
        }
        return mean;
    }

    private TrialTask task(
            Arm arm,
            Map<String, String> chosen,
            DatasetSource.Parts parts,
            Dataset held,
            int repeat,
            TrainingListener steps) {
        return new TrialTask(
                comparison,
                arm.with(chosen),
                chosen,
                parts.train(),
                held,
                parts.decoder(),
                comparison.seed(repeat),
                steps,
                cancelled);
    }

    private Trial trial(TrialKey key, TrialResult result, Optional<String> failure) {
        return new Trial(
                comparison.dataset(),
                comparison.model(),
                key.methods(),
                key.size(),
                key.repeat(),
                comparison.seed(key.repeat()),
                store.config().environment().backend(),
                comparison.metric().name(),
                result.hyperparameters(),
                result.steps(),
                result.held(),
                result.train(),
                result.seconds(),
                failure);
    }

    private TrainingListener listening(TrialKey key) {
        return new TrainingListener() {
            @Override
            public void step(long step, long steps, double loss) {
                tell(new Progress.Stepped(key, step, steps, loss));
            }
        };
    }

    private Arm arm(TrialKey key) {
        return comparison.arms().stream()
                .filter(arm -> arm.text().equals(key.methods()))
                .findFirst()
                .orElseThrow();
    }

    private void keep(TuningTrial trial) {
        tuned.merge(trial.key(), List.of(trial), (before, one) -> {
            List<TuningTrial> all = new ArrayList<>(before);
            all.addAll(one);
            return all;
        });
    }

    /** A result without a number to compare is a failure, whatever else it holds. */
    private Optional<String> fault(Map<String, Double> held) {
        String metric = comparison.metric().name();
        Double value = held.get(metric);
        return value != null && Double.isFinite(value)
                ? Optional.empty()
                : Optional.of("expected a finite " + metric + " on held-out examples but received "
                        + (value == null ? "none" : value));
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
