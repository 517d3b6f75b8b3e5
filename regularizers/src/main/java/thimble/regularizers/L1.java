package thimble.regularizers;

import java.util.Map;
import thimble.nn.Parameter;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Penalty λ Σ |w| that prefers weights of zero. As a sub-gradient, λ sign(w) with sign(0) = 0 is added before the optimizer, which never
 * gives exact zeros; as a proximal step, w ← sign(w) max(|w| − μ λ, 0) follows the optimizer with its learning rate μ, which does.
 *
 * <p>R. Tibshirani, "Regression Shrinkage and Selection via the Lasso", Journal of the Royal Statistical Society B 58(1), 1996: λ Σ |w|.
 * Proximal step: A. Beck and M. Teboulle, "A Fast Iterative Shrinkage-Thresholding Algorithm for Linear Inverse Problems", SIAM Journal on
 * Imaging Sciences 2(1), 2009: soft thresholding. Deviation: the threshold is μ λ with any optimizer; biases and normalisation parameters are left out
 * unless {@code all}.
 *
 * @param lambda strength λ ≥ 0
 * @param proximal true for the proximal step
 * @param all true to act on biases and normalisation parameters too
 */
public record L1(double lambda, boolean proximal, boolean all) implements Regularizer {
    /** λ = 1e-5 as a sub-gradient on weights. */
    public L1() {
        this(1e-5, false);
    }

    /** A strength and a form, on weights. */
    public L1(double lambda, boolean proximal) {
        this(lambda, proximal, false);
    }

    /** Checks that λ is finite and not negative. */
    public L1 {
        Checks.atLeastZero("l1", "lambda", lambda);
    }

    @Override
    public String name() {
        return "l1";
    }

    @Override
    public String summary() {
        return "penalty on absolute weights; proximal=true gives exact zeros";
    }

    @Override
    public String source() {
        return "Tibshirani: Journal of the Royal Statistical Society B 58, 1996";
    }

    @Override
    public Map<Parameter, Tensor> gradients(StepTrace step, Map<Parameter, Tensor> gradients) {
        if (proximal) {
            return gradients;
        }
        Tensor strength = step.value("lambda", lambda);
        return Decay.each(
                gradients,
                all,
                (parameter, gradient) -> gradient.add(parameter.tensor().sign().mul(strength)));
    }

    @Override
    public Map<Parameter, Tensor> weights(StepTrace step, Map<Parameter, Tensor> updated) {
        if (!proximal || lambda == 0) {
            return updated;
        }
        Tensor threshold = step.learningRate().mul(step.value("lambda", lambda));
        return Decay.each(
                updated, all, (_, w) -> w.sign().mul(w.abs().sub(threshold).relu()));
    }
}
