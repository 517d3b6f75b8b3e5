package thimble.train;

import thimble.data.Targets;
import thimble.tensor.Tensor;

/**
 * Sum over outputs of the cross-entropy of independent yes-or-no decisions: Σ_k softplus(logit_k) − target_k · logit_k.
 *
 * <p>D. R. Cox, "The Regression Analysis of Binary Sequences", Journal of the Royal Statistical Society B 20(2), 1958: the log likelihood of
 * logistic regression. Deviation: none.
 */
public record BinaryCrossEntropy() implements Loss {
    @Override
    public String name() {
        return "binary-cross-entropy";
    }

    @Override
    public String summary() {
        return "log loss of independent yes-or-no outputs by sigmoid";
    }

    @Override
    public String source() {
        return "Cox: Journal of the Royal Statistical Society B 20, 1958";
    }

    @Override
    public void check(Targets targets) {
        ClassTargets.check(this, targets);
    }

    @Override
    public Tensor perExample(Tensor output, Tensor target) {
        return output.softplus().sub(target.mul(output)).sum(1);
    }

    @Override
    public Tensor scores(Tensor output) {
        return output.sigmoid();
    }
}
