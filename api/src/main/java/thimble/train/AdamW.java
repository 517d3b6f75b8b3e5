package thimble.train;

import thimble.nn.Parameter;
import thimble.tensor.Tensor;

/**
 * Adam with decoupled weight decay: w ← w − rate · (m̂ / (√v̂ + ε) + decay · w). Biases, norms and embeddings do not
 * decay.
 *
 * <p>I. Loshchilov and F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, algorithm 2, with the schedule
 * inside the rate.
 *
 * @param rate learning rate, above 0
 * @param beta1 decay of the mean, in [0, 1)
 * @param beta2 decay of the mean square, in [0, 1)
 * @param epsilon added to the root, above 0
 * @param decay weight decay, at least 0
 * @param schedule how the rate changes
 * @param warmup steps in which the rate grows to its full size
 */
public record AdamW(
        double rate, double beta1, double beta2, double epsilon, double decay, Schedule schedule, int warmup)
        implements Optimizer {
    /** Rate 1e-3, decay 0.01, cosine to 0. */
    public AdamW() {
        this(1e-3, 0.9, 0.999, 1e-8, 0.01, Schedule.COSINE, 0);
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public AdamW {
        Adam.check("adamw", rate, beta1, beta2, epsilon, warmup);
        Ranges.atLeast("[adamw] decay", decay, 0);
    }

    @Override
    public String name() {
        return "adamw";
    }

    @Override
    public String summary() {
        return "Adam with weight decay apart from the gradient";
    }

    @Override
    public String source() {
        return "Loshchilov, Hutter: ICLR 2019";
    }

    @Override
    public double rate(long step, long steps) {
        return rate * schedule.factor(step, steps, warmup);
    }

    @Override
    public Tensor update(Parameter weight, Tensor gradient, StepState state) {
        Tensor direction = new Adam(rate, beta1, beta2, epsilon, schedule, warmup).direction(weight, gradient, state);
        if (weight.role() == Parameter.Role.KERNEL) {
            direction = direction.add(weight.tensor().mul(state.value("decay", decay)));
        }
        return weight.tensor().sub(direction.mul(state.learningRate()));
    }
}
