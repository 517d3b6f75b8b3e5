package thimble.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thimble.backend.Backend;
import thimble.data.Dataset;

/**
 * Several trainings whose steps have one structure, as one program on one backend: repeats with other seeds, other examples of the same number,
 * or other strengths of the same methods. Small networks leave a large device idle; together they do not. Each replica learns what it would learn
 * alone, to the last bit on a backend whose contractions add in one order, else up to the rounding of float32.
 */
public final class ReplicatedTraining {
    private ReplicatedTraining() {}

    /**
     * One of the trainings.
     *
     * @param trainer how it trains
     * @param train its examples
     * @param context its seed and listener; its backend is the one that computes
     */
    public record Replica(Trainer trainer, Dataset train, LearnContext context) {}

    /** How a training ended. */
    public sealed interface Result {
        /** A trained model; whoever asked for it closes it. */
        record Trained(TrainedModel model) implements Result {}

        /** No model: the loss was not finite any more. */
        record Diverged(TrainingDivergedException cause) implements Result {}

        /** Nothing was trained: no other one has its structure, or its kind has no replicas. {@link Trainer#fit} does it alone. */
        record Apart() implements Result {}
    }

    /** What the steps of trainings must share to be one program. */
    private record Structure(Backend backend, long steps, String graph) {}

    /**
     * Trains those together whose steps have one structure and number. Steps of several forms, early stopping, checkpoints and measuring listeners
     * have no replicas.
     *
     * @return one result for each replica, in their order
     * @throws IllegalArgumentException if there is no replica, or model, data, loss and methods of one do not fit together
     * @throws thimble.backend.BackendException if the device fails, or has too little memory for all
     * @throws java.util.concurrent.CancellationException if a context says so
     */
    public static List<Result> fit(List<Replica> replicas) {
        if (replicas.isEmpty()) {
            throw new IllegalArgumentException("[replicas] expected at least one but received none");
        }
        List<Preparation> plans = replicas.stream()
                .map(replica -> replica.trainer().prepared(replica.train(), replica.context()))
                .toList();
        List<Result> results = new ArrayList<>(Collections.nCopies(plans.size(), new Result.Apart()));
        try {
            for (List<Integer> group : groups(plans)) {
                together(plans, group, results);
            }
            return List.copyOf(results);
        } catch (RuntimeException | Error failure) {
            for (Result result : results) {
                if (result instanceof Result.Trained(var model)) {
                    model.close();
                }
            }
            throw failure;
        }
    }

    /** Positions of two or more plans that one program can train. */
    private static Collection<List<Integer>> groups(List<Preparation> plans) {
        Map<Structure, List<Integer>> groups = new LinkedHashMap<>();
        for (int k = 0; k < plans.size(); k++) {
            Preparation plan = plans.get(k);
            if (replicable(plan)) {
                String graph = plan.step().variants().getFirst().graph().text();
                Structure structure = new Structure(plan.backend(), plan.setup().steps(), graph);
                groups.computeIfAbsent(structure, _ -> new ArrayList<>()).add(k);
            }
        }
        groups.values().removeIf(group -> group.size() == 1);
        return groups.values();
    }

    private static boolean replicable(Preparation plan) {
        return plan.step().variants().size() == 1
                && plan.trainer().options().stopping().isEmpty()
                && plan.trainer().options().saving().isEmpty()
                && plan.context().listener().measureEvery() == 0;
    }

    private static void together(List<Preparation> plans, List<Integer> group, List<Result> results) {
        List<Optional<TrainedModel>> models;
        try (ReplicatedRun run =
                new ReplicatedRun(group.stream().map(plans::get).toList())) {
            models = run.fit();
        }
        for (int i = 0; i < group.size(); i++) {
            int k = group.get(i);
            models.get(i).ifPresent(model -> results.set(k, new Result.Trained(model)));
        }
        for (int i = 0; i < group.size(); i++) {
            if (models.get(i).isEmpty()) {
                // Alone once more, a diverged training says at which primitive of which layer.
                results.set(group.get(i), alone(plans.get(group.get(i))));
            }
        }
    }

    private static Result alone(Preparation plan) {
        try (TrainingRun run = new TrainingRun(plan)) {
            return new Result.Trained(run.fit());
        } catch (TrainingDivergedException diverged) {
            return new Result.Diverged(diverged);
        }
    }
}
