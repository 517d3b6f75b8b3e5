package thimble.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import thimble.benchmarks.Budget;
import thimble.benchmarks.NetworkTrials;
import thimble.benchmarks.Training;
import thimble.method.Spec;
import thimble.nn.Models;

/** Options that say what is trained and how. */
final class TrainingOptions {
    private static final int STEPS = 500;

    @Option(
            names = "--model",
            paramLabel = "SPEC",
            description =
                    "Model: mlp, lenet, lenet5, resnet20, wide-resnet, linear … as in lenet:norm=batch (default: by"
                            + " the data).")
    String model = Models.AUTO;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training examples.")
    private @Nullable Integer epochs;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Training steps, whatever the number of examples (default: " + STEPS + ").")
    private @Nullable Integer steps;

    @Option(names = "--batch", paramLabel = "N", description = "Examples per step (default: 50).")
    int batch = 50;

    @Option(
            names = "--lr",
            paramLabel = "X",
            description = "Learning rate; a given one is not tuned (default: the optimizer's).")
    private @Nullable String rate;

    @Option(
            names = "--optimizer",
            paramLabel = "SPEC",
            description = "Optimizer: adam, adamw, sgd:momentum=0.9 … (default: adam).")
    String optimizer = "adam";

    @Option(
            names = "--loss",
            paramLabel = "SPEC",
            description = "Loss: cross-entropy, cosine, mean-squared-error … (default: by the kind of target).")
    private @Nullable String loss;

    @Option(
            names = "--augment",
            paramLabel = "SPEC",
            description = "Augmenters that every method uses, separated by commas.")
    private String augment = "";

    /** The settings as the engine takes them. */
    Training training(boolean classes, int tune) {
        if (epochs != null && steps != null) {
            throw new IllegalArgumentException("expected --epochs or --steps but received both");
        }
        Budget budget = epochs != null ? new Budget.Epochs(epochs) : new Budget.Steps(steps == null ? STEPS : steps);
        Spec.Setting setting = rate == null ? NetworkTrials.rate(optimizer, tune) : fixed(rate);
        String chosen = loss == null ? classes ? "cross-entropy" : "mean-squared-error" : loss;
        List<String> augmenters = augment.isEmpty() ? List.of() : Spec.splitList(augment);
        return new Training(budget, batch, optimizer, setting, chosen, augmenters);
    }

    private static Spec.Setting fixed(String text) {
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && Double.isFinite(value)) {
                return new Spec.Setting.Value(text);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("[--lr] expected a number above 0 but received " + text, e);
        }
        throw new IllegalArgumentException("[--lr] expected a number above 0 but received " + text);
    }
}
