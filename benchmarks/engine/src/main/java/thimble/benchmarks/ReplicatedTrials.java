package thimble.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import thimble.backend.BackendException;
import thimble.train.ReplicatedTraining;
import thimble.train.TrainedModel;

/**
 * Trains networks of one arm as replicas in one program. A group for which the device has too little memory is halved until it fits; what has
 * another structure, and a group that cannot train as one for any other reason, is left to be trained one after another.
 *
 * @param trials trains and measures one
 * @param most trainings at once, at least 1
 */
record ReplicatedTrials(NetworkTrials trials, int most) {
    private static final System.Logger LOG = System.getLogger(ReplicatedTrials.class.getName());
    private static final double NANOS = 1e9;

    /** Whether trainings with these methods can be replicas: one network each that learns from the examples, for a fixed number of steps. */
    static boolean possible(ArmMethods methods) {
        return methods.oneNetwork()
                && methods.extractors().isEmpty()
                && methods.stopping().isEmpty();
    }

    /** The result of each task, or what trains it when asked. */
    List<Supplier<TrialResult>> results(List<TrialTask> tasks) {
        List<Supplier<TrialResult>> results = new ArrayList<>();
        int size = most;
        while (results.size() < tasks.size()) {
            int from = results.size();
            List<TrialTask> some = tasks.subList(from, Math.min(tasks.size(), from + size));
            try {
                results.addAll(some.size() > 1 ? together(some) : alone(some));
            } catch (BackendException | OutOfMemoryError failure) {
                size = some.size() / 2;
                LOG.log(System.Logger.Level.DEBUG, "trainings go on " + size + " at once", failure);
            }
        }
        return results;
    }

    private List<Supplier<TrialResult>> alone(List<TrialTask> tasks) {
        return tasks.stream()
                .<Supplier<TrialResult>>map(task -> () -> trials.run(task))
                .toList();
    }

    private List<Supplier<TrialResult>> together(List<TrialTask> tasks) {
        long start = System.nanoTime();
        List<ReplicatedTraining.Replica> replicas;
        List<ReplicatedTraining.Result> trained;
        try {
            replicas = tasks.stream().map(trials::replica).toList();
            trained = ReplicatedTraining.fit(replicas);
        } catch (CancellationException | BackendException failure) {
            throw failure;
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.DEBUG, "trainings go on one after another", failure);
            return alone(tasks);
        }
        long count = trained.stream()
                .filter(result -> !(result instanceof ReplicatedTraining.Result.Apart))
                .count();
        double seconds = (System.nanoTime() - start) / NANOS / Math.max(1, count);
        List<Supplier<TrialResult>> results = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            TrialTask task = tasks.get(i);
            results.add(
                    switch (trained.get(i)) {
                        case ReplicatedTraining.Result.Trained(var model) ->
                            measured(task, replicas.get(i), model, seconds);
                        case ReplicatedTraining.Result.Diverged(var cause) -> failed(cause);
                        case ReplicatedTraining.Result.Apart _ -> () -> trials.run(task);
                    });
        }
        return results;
    }

    /** Measured at once, so that the model's memory is free again. */
    private Supplier<TrialResult> measured(
            TrialTask task, ReplicatedTraining.Replica replica, TrainedModel model, double seconds) {
        try (model) {
            TrialResult result = trials.measured(task, replica, model, seconds);
            return () -> result;
        } catch (RuntimeException failure) {
            return failed(failure);
        }
    }

    private static Supplier<TrialResult> failed(RuntimeException cause) {
        return () -> {
            throw cause;
        };
    }
}
