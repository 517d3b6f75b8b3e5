package thimble.benchmarks.reproduction;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import thimble.backend.Backend;
import thimble.benchmarks.Arm;
import thimble.benchmarks.Comparison;
import thimble.benchmarks.NetworkTrials;
import thimble.benchmarks.TrialTask;
import thimble.data.DatasetSource;
import thimble.train.Model;
import thimble.train.TrainedModel;
import thimble.train.TrainingListener;

/**
 * What a measurement works with.
 *
 * @param backend where networks train, with one thread each
 * @param data named data sets; the same object for the same name
 * @param seed seed of everything random
 * @param folder where a measurement may keep files; its own records stand there as {@code NAME.jsonl}
 * @param cancelled asked now and then: true means to stop
 */
public record Bench(
        Backend backend,
        Function<String, DatasetSource.Parts> data,
        long seed,
        Path folder,
        BooleanSupplier cancelled) {

    /** The training examples of a repeat, as a study under these conditions has them, with the examples held out. */
    public DatasetSource.Parts parts(Conditions conditions, int size, int repeat) {
        return comparison(conditions, data.apply(conditions.dataset()), "none", size)
                .parts(repeat, size);
    }

    /**
     * Trains an arm without brackets as a study under these conditions does.
     *
     * @throws IllegalArgumentException if the arm is no network
     * @throws java.util.concurrent.CancellationException if the bench was cancelled
     */
    public TrainedModel train(Conditions conditions, String arm, int size, int repeat) {
        Comparison comparison = comparison(conditions, data.apply(conditions.dataset()), arm, size);
        TrialTask task =
                task(comparison, comparison.parts(repeat, size), comparison.seed(repeat), TrainingListener.NONE);
        Model model = new NetworkTrials(backend).fit(task);
        if (model instanceof TrainedModel network) {
            return network;
        }
        model.close();
        throw new IllegalArgumentException("[measurement] expected a network but received " + arm);
    }

    /**
     * Trains an arm without brackets on examples of one's own choice; the caller closes the model.
     *
     * @param parts examples to learn from, and others as the test set
     * @param number seed of initial weights, data order and everything random
     * @throws java.util.concurrent.CancellationException if the bench was cancelled
     */
    public Model fit(
            Conditions conditions, String arm, DatasetSource.Parts parts, long number, TrainingListener listener) {
        Comparison comparison = comparison(conditions, parts, arm, parts.train().size());
        return new NetworkTrials(backend).fit(task(comparison, parts, number, listener));
    }

    private TrialTask task(Comparison comparison, DatasetSource.Parts parts, long number, TrainingListener listener) {
        return new TrialTask(
                comparison,
                comparison.baseline(),
                Map.of(),
                parts.train(),
                parts.test().orElseThrow(),
                parts.decoder(),
                number,
                listener,
                cancelled);
    }

    private Comparison comparison(Conditions conditions, DatasetSource.Parts parts, String arm, int size) {
        return new Comparison(
                conditions.dataset(),
                parts,
                conditions.model(),
                List.of(Arm.parse(arm)),
                List.of(size),
                1,
                conditions.training(),
                0,
                conditions.protocol(),
                conditions.metric(),
                seed);
    }
}
