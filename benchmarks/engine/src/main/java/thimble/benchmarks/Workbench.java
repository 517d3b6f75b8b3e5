package thimble.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import thimble.backend.BackendException;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Fold;
import thimble.train.TrainingListener;

/** Turns keys of a plan into stored trials and tuning trials. Safe for many threads. */
final class Workbench {
    private final Comparison comparison;
    private final TrialRunner runner;
    private final TrialStore store;
    private final ProgressListener listener;
    private final BooleanSupplier cancelled;
    private final Partition partition;
    private final Map<TrialKey, List<TuningTrial>> tuned = new ConcurrentHashMap<>();

    /** The trainings of a candidate, or why the examples cannot be divided. */
    private record Folds(List<TrialTask> tasks, Optional<IllegalArgumentException> fault) {}

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
        TrialStore.tuning(store.folder()).stream()
                .filter(trial -> !trial.lost())
                .forEach(this::keep);
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

    /** Candidates of these keys that are not finished. */
    List<Candidate> open(List<TrialKey> keys) {
        List<Candidate> open = new ArrayList<>();
        for (TrialKey key : keys) {
            for (int number = 0; number < comparison.tune(); number++) {
                int candidate = number;
                if (tuned.getOrDefault(key, List.of()).stream().noneMatch(trial -> trial.candidate() == candidate)) {
                    open.add(new Candidate(key, number));
                }
            }
        }
        return open;
    }

    /** Runs and stores tuning trials of one arm and size. */
    void tune(List<Candidate> candidates) {
        List<Folds> all = new ArrayList<>();
        for (Candidate candidate : candidates) {
            tell(new Progress.Started(candidate.key(), true));
            all.add(folds(candidate));
        }
        Iterator<Supplier<TrialResult>> results = runner.together(
                        all.stream().flatMap(folds -> folds.tasks().stream()).toList())
                .iterator();
        for (int i = 0; i < candidates.size(); i++) {
            List<Supplier<TrialResult>> own = new ArrayList<>();
            all.get(i).fault().ifPresent(fault -> own.add(failing(fault)));
            all.get(i).tasks().forEach(_ -> own.add(results.next()));
            TuningTrial trial = tuned(candidates.get(i), chosen(candidates.get(i)), own);
            store.append(trial);
            keep(trial);
            tell(new Progress.Tuned(trial));
        }
    }

    private TuningTrial tuned(Candidate candidate, Map<String, String> chosen, List<Supplier<TrialResult>> folds) {
        try {
            Map<String, Double> mean = new LinkedHashMap<>();
            for (Supplier<TrialResult> fold : folds) {
                fold.get().held().forEach((name, value) -> mean.merge(name, value / folds.size(), Double::sum));
            }
            return new TuningTrial(candidate.key(), candidate.number(), chosen, mean, fault(mean));
        } catch (CancellationException stopped) {
            throw stopped;
        } catch (RuntimeException failure) {
            Optional<String> reason = Optional.of(DeviceFailures.reason(failure));
            return new TuningTrial(candidate.key(), candidate.number(), chosen, Map.of(), reason);
        }
    }

    /** Runs and stores trials of one arm and size. */
    void run(List<TrialKey> keys, Consumer<Trial> finished) {
        List<TrialTask> tasks = new ArrayList<>();
        for (TrialKey key : keys) {
            tell(new Progress.Started(key, false));
            DatasetSource.Parts parts = partition.parts(key.repeat(), key.size());
            Dataset held = parts.test().orElseThrow();
            tasks.add(task(arm(key), chosen(key), parts, held, key.repeat(), listening(key)));
        }
        Optional<BackendException> lost = lostTuning(keys);
        List<Supplier<TrialResult>> results =
                lost.isPresent() ? Collections.nCopies(keys.size(), failing(lost.get())) : runner.together(tasks);
        for (int i = 0; i < keys.size(); i++) {
            Trial trial = trial(keys.get(i), tasks.get(i), results.get(i));
            store.append(trial);
            finished.accept(trial);
            tell(new Progress.Finished(trial));
        }
    }

    /** Without all candidates another value might be chosen: what a device took from the tuning fails the trials too. */
    private Optional<BackendException> lostTuning(List<TrialKey> keys) {
        return keys.stream()
                .flatMap(key -> tuned.getOrDefault(tuningKey(comparison, key), List.of()).stream())
                .filter(TuningTrial::lost)
                .findFirst()
                .map(trial -> new BackendException(trial.failure().orElseThrow()));
    }

    private static Supplier<TrialResult> failing(RuntimeException failure) {
        return () -> {
            throw failure;
        };
    }

    private Trial trial(TrialKey key, TrialTask task, Supplier<TrialResult> attempt) {
        try {
            TrialResult result = attempt.get();
            return trial(key, result, fault(result.held()));
        } catch (CancellationException stopped) {
            throw stopped;
        } catch (RuntimeException | OutOfMemoryError failure) {
            TrialResult none = new TrialResult(task.chosen(), 0, Map.of(), Map.of(), 0);
            return trial(key, none, Optional.of(DeviceFailures.reason(failure)));
        }
    }

    private Map<String, String> chosen(Candidate candidate) {
        List<Tunable> tunables = runner.tunables(comparison, arm(candidate.key()));
        return Tuning.candidate(tunables, candidate.key(), candidate.number(), comparison.seed());
    }

    private Map<String, String> chosen(TrialKey key) {
        List<TuningTrial> candidates = new ArrayList<>(tuned.getOrDefault(tuningKey(comparison, key), List.of()));
        candidates.sort(Comparator.comparingInt(TuningTrial::candidate));
        if (!candidates.isEmpty()) {
            return Tuning.best(candidates, comparison.metric()).chosen();
        }
        Map<String, String> middles = new LinkedHashMap<>();
        runner.tunables(comparison, arm(key)).forEach(tunable -> middles.put(tunable.name(), tunable.middle()));
        return middles;
    }

    private Folds folds(Candidate candidate) {
        try {
            return new Folds(tasks(candidate), Optional.empty());
        } catch (IllegalArgumentException few) {
            return new Folds(List.of(), Optional.of(few));
        }
    }

    private List<TrialTask> tasks(Candidate candidate) {
        TrialKey key = candidate.key();
        int repeat = Math.max(1, key.repeat());
        DatasetSource.Parts all = partition.parts(repeat, key.size());
        List<TrialTask> tasks = new ArrayList<>();
        for (Fold fold : Validation.folds(all.train(), comparison.seed(repeat))) {
            DatasetSource.Parts parts = new DatasetSource.Parts(
                    fold.train(all.train()),
                    Optional.empty(),
                    all.decoder().map(decoder -> decoder.select(fold.train())));
            tasks.add(task(arm(key), chosen(candidate), parts, fold.test(all.train()), repeat, TrainingListener.NONE));
        }
        return tasks;
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
                result.backend().orElse(store.config().environment().backend()),
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
}
