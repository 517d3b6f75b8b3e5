package thimble.train;

import thimble.data.Targets;
import thimble.tensor.Tensor;

/**
 * Cross-entropy of the softmax of the logits against target distributions, hard or soft: −Σ_k target_k · log
 * softmax(logits)_k.
 *
 * <p>J. S. Bridle, "Probabilistic Interpretation of Feedforward Classification Network Outputs, with Relationships to Statistical Pattern
 * Recognition", Neurocomputing, NATO ASI Series F 68, 1990. Deviation: none.
 */
public record CrossEntropy() implements Loss {
    @Override
    public String name() {
        return "cross-entropy";
    }

    @Override
    public String summary() {
        return "log loss of class probabilities by softmax";
    }

    @Override
    public String source() {
        return "Bridle: Neurocomputing, NATO ASI Series F 68, 1990";
    }

    @Override
    public void check(Targets targets) {
        ClassTargets.check(this, targets);
    }

    @Override
    public Tensor perExample(Tensor output, Tensor target) {
        return target.mul(output.logSoftmax()).sum(1).neg();
    }

    @Override
    public Tensor scores(Tensor output) {
        return output.softmax();
    }
}
