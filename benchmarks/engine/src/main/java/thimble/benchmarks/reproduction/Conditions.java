package thimble.benchmarks.reproduction;

import java.util.List;
import thimble.benchmarks.Budget;
import thimble.benchmarks.Metric;
import thimble.benchmarks.Protocol;
import thimble.benchmarks.Training;
import thimble.benchmarks.Tunable;
import thimble.method.Spec;

/**
 * Under which conditions arms are compared. Trials of different studies under the same conditions are shared: an arm that two of them name is
 * trained once.
 *
 * @param dataset name of the data
 * @param model spec of the model
 * @param training how networks train
 * @param tune tuning trials for every arm and size, 0 for none
 * @param protocol where held-out examples come from
 * @param metric what is compared
 */
public record Conditions(String dataset, String model, Training training, int tune, Protocol protocol, Metric metric) {
    /** Adam at 1e-3 with a cosine to 0, batches of 50, 2,000 steps, cross-entropy, the official test set, accuracy, untuned. */
    public static Conditions of(String dataset, String model) {
        Training training = new Training(
                new Budget.Steps(2000), 50, "adam", new Spec.Setting.Value("0.001"), "cross-entropy", List.of());
        return new Conditions(dataset, model, training, 0, new Protocol.Given(), Metric.of("accuracy"));
    }

    /** With another number of steps. */
    public Conditions steps(int steps) {
        return budget(new Budget.Steps(steps));
    }

    /** With a number of passes over the examples. */
    public Conditions epochs(int epochs) {
        return budget(new Budget.Epochs(epochs));
    }

    /** With another optimizer and learning rate. */
    public Conditions optimizer(String optimizer, Spec.Setting rate) {
        return with(new Training(
                training.budget(), training.batch(), optimizer, rate, training.loss(), training.augment()));
    }

    /** With a learning rate that is not tuned. */
    public Conditions rate(double rate) {
        return optimizer(training.optimizer(), new Spec.Setting.Value(Double.toString(rate)));
    }

    /** With a learning rate tuned within a factor of 10 around a usual value. */
    public Conditions tunedRate(double usual) {
        return optimizer(training.optimizer(), Tunable.around(usual));
    }

    /** With another number of examples per step. */
    public Conditions batch(int batch) {
        return with(new Training(
                training.budget(), batch, training.optimizer(), training.rate(), training.loss(), training.augment()));
    }

    /** With another loss. */
    public Conditions loss(String loss) {
        return with(new Training(
                training.budget(), training.batch(), training.optimizer(), training.rate(), loss, training.augment()));
    }

    /** With augmenters that every arm uses. */
    public Conditions augment(String... augment) {
        return with(new Training(
                training.budget(),
                training.batch(),
                training.optimizer(),
                training.rate(),
                training.loss(),
                List.of(augment)));
    }

    /** With tuning trials for every arm and size. */
    public Conditions tune(int trials) {
        return new Conditions(dataset, model, training, trials, protocol, metric);
    }

    /** With another model. */
    public Conditions model(String spec) {
        return new Conditions(dataset, spec, training, tune, protocol, metric);
    }

    /** With other held-out examples. */
    public Conditions protocol(Protocol held) {
        return new Conditions(dataset, model, training, tune, held, metric);
    }

    /** With another metric. */
    public Conditions metric(String name) {
        return new Conditions(dataset, model, training, tune, protocol, Metric.of(name));
    }

    private Conditions budget(Budget budget) {
        return with(new Training(
                budget, training.batch(), training.optimizer(), training.rate(), training.loss(), training.augment()));
    }

    private Conditions with(Training changed) {
        return new Conditions(dataset, model, changed, tune, protocol, metric);
    }
}
