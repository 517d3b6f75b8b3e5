package thimble.benchmarks.experiments;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import thimble.benchmarks.experiments.measurement.RandomLabels;
import thimble.benchmarks.report.Plot;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Results;

/** Whether dropping units or weights takes capacity away in proportion, and time. */
final class DroppingCapacity implements Experiment {
    @Override
    public String name() {
        return "dropping-capacity";
    }

    @Override
    public String letter() {
        return "d";
    }

    @Override
    public String title() {
        return "Capacity falls linearly with the drop rate, and training takes longer";
    }

    @Override
    public String source() {
        return "K. Antczak, \"On Regularization Properties of Artificial Datasets for Deep Learning\", 2019; the bound:"
                + " L. Wan et al., \"Regularization of Neural Networks using DropConnect\", ICML 2013";
    }

    @Override
    public String differences() {
        return "The publication gives the Rademacher bound without an experiment. Here capacity is the training"
            + " accuracy on random labels of 2,000 digits, in evaluation mode, after a fixed number of steps: one"
            + " hidden layer of 128, stochastic gradient descent at 0.05 with momentum 0.9, batches of 50. Training"
            + " goes in rounds of 50 steps, after each of which the loss is taken in evaluation mode; momentum starts"
            + " anew in each round. Accuracy is a bounded stand-in for the Rademacher average, so that a line can only"
            + " hold between guessing and 100 %.";
    }

    @Override
    public Duration expected(Form form) {
        return Duration.ofMinutes(form.choose(3, 1));
    }

    @Override
    public List<Part> parts(Form form) {
        return List.of(labels(form));
    }

    private static RandomLabels labels(Form form) {
        return new RandomLabels(
                "mnist",
                "mlp:hidden=128",
                form.choose(2000, 300),
                form.choose(40, 8),
                form.choose(5, 1),
                List.of("dropout", "dropconnect"));
    }

    @Override
    public List<Plot> plots(Results results) {
        return Optional.ofNullable(results.measurements().get(labels(Form.FULL).name())).stream()
                .flatMap(records -> Stream.of(Form.values())
                        .flatMap(form -> labels(form).plot(records).stream())
                        .limit(1))
                .toList();
    }
}
