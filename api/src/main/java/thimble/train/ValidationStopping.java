package thimble.train;

import thimble.data.Dataset;
import thimble.data.Fold;
import thimble.data.Split;
import thimble.method.Method;

/**
 * Early stopping on a part of the training examples, which is lost for learning: the weights with the smallest loss on it win. With n held-out
 * examples an error rate p is known to √(p (1 − p) / n) only; below a thousand of them a fixed number of steps with a learning rate that falls to
 * 0, chosen on a validation split and trained again on all examples, is the better choice.
 *
 * <p>Lutz Prechelt, "Early Stopping, But When?", Neural Networks: Tricks of the Trade, LNCS 1524, 1998. The alternative: Lorenzo Brigato, Björn
 * Barz, Luca Iocchi, Joachim Denzler, "Image Classification With Small Datasets: Overview and Benchmark", IEEE Access, 2022, section IV.
 * Deviation: patience counts evaluations that brought nothing, not strips of generalization loss.
 *
 * @param share of the examples that is held out, in (0, 1), in the proportions of the classes, groups kept together
 * @param every steps between two evaluations, at least 1
 * @param patience how many evaluations in a row may bring nothing, at least 1
 */
public record ValidationStopping(double share, int every, int patience) implements Method {
    /** A fifth of the examples, every 20 steps, ten times in vain. */
    public ValidationStopping() {
        this(0.2, 20, 10);
    }

    /** Checks the ranges. */
    public ValidationStopping {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "[early-stopping] expected a share in (0, 1), such as 0.2, but received " + share);
        }
        Ranges.atLeast("[early-stopping] every", every, 1);
        Ranges.atLeast("[early-stopping] patience", patience, 1);
    }

    @Override
    public String name() {
        return "early-stopping";
    }

    @Override
    public String summary() {
        return "the weights with the smallest loss on a held-out share of the training examples";
    }

    @Override
    public String source() {
        return "Prechelt: Neural Networks: Tricks of the Trade, 1998";
    }

    /**
     * Which examples are learnt from and which are held out.
     *
     * @throws IllegalArgumentException if a class has fewer than two examples or groups
     */
    public Fold split(Dataset train, long seed) {
        return Split.heldOut(train, share, seed);
    }

    /** The rule on held-out examples. */
    public Stopping on(Dataset validation) {
        return new Stopping(validation, every, patience);
    }
}
