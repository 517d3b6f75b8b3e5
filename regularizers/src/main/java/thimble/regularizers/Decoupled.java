package thimble.regularizers;

import java.util.Map;
import thimble.nn.Parameter;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Weight decay beside the optimizer: after its update, μ λ w is taken off with the learning rate μ of the step and the weight w before the
 * update. With plain gradient descent this is {@link L2}; with Adam the decay is no longer scaled by the gradient's size.
 *
 * <p>I. Loshchilov and F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, algorithm 2. Deviation: λ is multiplied by the
 * whole learning rate, as in common implementations, not by the schedule's factor alone; biases and normalisation parameters are left out
 * unless {@code all}.
 *
 * @param lambda strength λ ≥ 0
 * @param all true to decay biases and normalisation parameters too
 */
public record Decoupled(double lambda, boolean all) implements Regularizer {
    /** λ = 0.01 on weights. */
    public Decoupled() {
        this(0.01);
    }

    /** A strength, on weights. */
    public Decoupled(double lambda) {
        this(lambda, false);
    }

    /** Checks that λ is finite and not negative. */
    public Decoupled {
        Checks.atLeastZero("decoupled", "lambda", lambda);
    }

    @Override
    public String name() {
        return "decoupled";
    }

    @Override
    public String summary() {
        return "weight decay beside the optimizer: w - lr * lambda * w (AdamW)";
    }

    @Override
    public String source() {
        return "Loshchilov, Hutter: ICLR 2019";
    }

    @Override
    public Map<Parameter, Tensor> weights(StepTrace step, Map<Parameter, Tensor> updated) {
        Tensor share = step.learningRate().mul(step.value("lambda", lambda));
        return Decay.each(
                updated, all, (parameter, w) -> w.sub(parameter.tensor().mul(share)));
    }
}
