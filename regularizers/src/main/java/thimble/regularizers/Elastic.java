package thimble.regularizers;

import java.util.Map;
import thimble.nn.Parameter;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Both weight penalties at once, λ₁ Σ |w| + ½ λ₂ Σ w²: few weights like {@link L1}, and correlated features share them like {@link L2}.
 *
 * <p>H. Zou and T. Hastie, "Regularization and Variable Selection via the Elastic Net", Journal of the Royal Statistical Society B 67(2),
 * 2005: λ₁ ‖w‖₁ + λ₂ ‖w‖². Deviation: the square carries a ½, so that its gradient is λ₂ w; the sub-gradient is used, not the proximal step; biases and
 * normalisation parameters are left out unless {@code all}.
 *
 * @param lambda1 strength λ₁ ≥ 0 of the absolute values
 * @param lambda2 strength λ₂ ≥ 0 of the squares
 * @param all true to act on biases and normalisation parameters too
 */
public record Elastic(double lambda1, double lambda2, boolean all) implements Regularizer {
    /** λ₁ = 1e-5 and λ₂ = 5e-4 on weights. */
    public Elastic() {
        this(1e-5, 5e-4);
    }

    /** Two strengths, on weights. */
    public Elastic(double lambda1, double lambda2) {
        this(lambda1, lambda2, false);
    }

    /** Checks that both strengths are finite and not negative. */
    public Elastic {
        Checks.atLeastZero("elastic", "lambda1", lambda1);
        Checks.atLeastZero("elastic", "lambda2", lambda2);
    }

    @Override
    public String name() {
        return "elastic";
    }

    @Override
    public String summary() {
        return "l1 and l2 together: adds lambda1 * sign(w) + lambda2 * w to the gradient";
    }

    @Override
    public String source() {
        return "Zou, Hastie: Journal of the Royal Statistical Society B 67, 2005";
    }

    @Override
    public Map<Parameter, Tensor> gradients(StepTrace step, Map<Parameter, Tensor> gradients) {
        Tensor absolute = step.value("lambda1", lambda1);
        Tensor square = step.value("lambda2", lambda2);
        return Decay.each(gradients, all, (parameter, gradient) -> {
            Tensor w = parameter.tensor();
            return gradient.add(w.sign().mul(absolute)).add(w.mul(square));
        });
    }
}
