package thimble.regularizers;

import java.util.Map;
import thimble.nn.Parameter;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Weight decay inside the gradient: the derivative of ½ λ Σ w² is added before the optimizer sees the gradient.
 *
 * <p>A. Krogh and J. A. Hertz, "A Simple Weight Decay Can Improve Generalization", NIPS 1991: w ← w − μ (∂L/∂w + λ w). Texts that
 * write the penalty as α Σ w² mean λ = 2 α. Deviation: biases and normalisation parameters are left out unless {@code all}.
 *
 * @param lambda strength λ ≥ 0
 * @param all true to decay biases and normalisation parameters too
 */
public record L2(double lambda, boolean all) implements Regularizer {
    /** λ = 5e-4 on weights. */
    public L2() {
        this(5e-4);
    }

    /** A strength, on weights. */
    public L2(double lambda) {
        this(lambda, false);
    }

    /** Checks that λ is finite and not negative. */
    public L2 {
        Checks.atLeastZero("l2", "lambda", lambda);
    }

    @Override
    public String name() {
        return "l2";
    }

    @Override
    public String summary() {
        return "weight decay: adds lambda * w to the gradient";
    }

    @Override
    public String source() {
        return "Krogh, Hertz: NIPS 1991";
    }

    @Override
    public Map<Parameter, Tensor> gradients(StepTrace step, Map<Parameter, Tensor> gradients) {
        Tensor strength = step.value("lambda", lambda);
        return Decay.each(
                gradients,
                all,
                (parameter, gradient) -> gradient.add(parameter.tensor().mul(strength)));
    }
}
