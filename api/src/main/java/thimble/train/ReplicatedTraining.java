package thimble.train;

import java.util.ArrayList;
import java.util.List;
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
    }

    /**
     * Trains all replicas together where that is possible, else one after another: steps of one structure and number, in one form only, without
     * early stopping and checkpoints.
     *
     * @return one result for each replica, in their order
     * @throws IllegalArgumentException if there is no replica, or model, data, loss and methods of one do not fit together
     * @throws java.util.concurrent.CancellationException if a context says so
     */
    public static List<Result> fit(List<Replica> replicas) {
        if (replicas.isEmpty()) {
            throw new IllegalArgumentException("[replicas] expected at least one but received none");
        }
        List<Preparation> plans = replicas.stream()
                .map(replica -> replica.trainer().prepared(replica.train(), replica.context()))
                .toList();
        if (plans.size() == 1 || !alike(plans)) {
            return plans.stream().map(ReplicatedTraining::alone).toList();
        }
        return together(plans);
    }

    private static List<Result> together(List<Preparation> plans) {
        List<Optional<TrainedModel>> models;
        try (ReplicatedRun run = new ReplicatedRun(plans)) {
            models = run.fit();
        }
        List<Result> results = new ArrayList<>();
        try {
            for (int k = 0; k < plans.size(); k++) {
                Optional<TrainedModel> model = models.get(k);
                // Alone once more, a diverged training says at which primitive of which layer.
                results.add(model.isPresent() ? new Result.Trained(model.get()) : alone(plans.get(k)));
            }
            return List.copyOf(results);
        } catch (RuntimeException | Error failure) {
            models.forEach(model -> model.ifPresent(TrainedModel::close));
            throw failure;
        }
    }

    private static Result alone(Preparation plan) {
        try (TrainingRun run = new TrainingRun(plan)) {
            return new Result.Trained(run.fit());
        } catch (TrainingDivergedException diverged) {
            return new Result.Diverged(diverged);
        }
    }

    /** True if one program can train all. */
    static boolean alike(List<Preparation> plans) {
        Preparation first = plans.getFirst();
        Backend backend = first.backend();
        String text = graph(first);
        return plans.stream()
                .allMatch(plan -> plan.backend() == backend
                        && plan.setup().steps() == first.setup().steps()
                        && plan.step().variants().size() == 1
                        && plan.trainer().options().stopping().isEmpty()
                        && plan.trainer().options().saving().isEmpty()
                        && plan.context().listener().measureEvery() == 0
                        && graph(plan).equals(text));
    }

    private static String graph(Preparation plan) {
        return plan.step().variants().getFirst().graph().text();
    }
}
