package thimble.train;

import java.util.OptionalDouble;
import thimble.data.Dataset;

/**
 * Members that learn from all examples, each with initial weights, order and noise of its own; their probabilities are averaged, so that
 * by Jensen's inequality the log loss is never above the mean of the members'.
 *
 * <p>Balaji Lakshminarayanan, Alexander Pritzel, Charles Blundell, "Simple and Scalable Predictive Uncertainty Estimation using Deep
 * Ensembles", NeurIPS 2017, algorithm 1. Deviation: no adversarial training unless a method adds it.
 *
 * @param members number of members, at least 1
 */
public record DeepEnsemble(int members) implements Ensemble {
    /** 5 members. */
    public DeepEnsemble() {
        this(5);
    }

    /** Checks the range. */
    public DeepEnsemble {
        Ranges.atLeast("[ensemble] members", members, 1);
    }

    @Override
    public String name() {
        return "ensemble";
    }

    @Override
    public String summary() {
        return "several networks that differ by their seeds alone; the mean of their probabilities";
    }

    @Override
    public String source() {
        return "Lakshminarayanan, Pritzel, Blundell: NeurIPS 2017";
    }

    @Override
    public EnsembleModel fit(Learner member, Dataset train, LearnContext context) {
        return new EnsembleModel(
                new Members(member, members, context).train(_ -> train), false, OptionalDouble.empty());
    }
}
