package thimble.train;

import thimble.nn.Initializers;
import thimble.nn.Parameter;
import thimble.tensor.Tensor;

/**
 * Stochastic gradient descent: v ← momentum · v + g, then w ← w − rate · v, or w − rate · (g + momentum · v) with
 * Nesterov's look-ahead. A v below the smallest normal number becomes 0.
 *
 * <p>I. Sutskever et al., "On the importance of initialization and momentum in deep learning", ICML 2013, in the form
 * without dampening that PyTorch uses.
 *
 * @param rate learning rate, above 0
 * @param momentum in [0, 1)
 * @param nesterov looks ahead by one momentum step
 * @param schedule how the rate changes
 * @param warmup steps in which the rate grows to its full size
 */
public record Sgd(double rate, double momentum, boolean nesterov, Schedule schedule, int warmup) implements Optimizer {
    /** Rate 0.05, momentum 0.9, cosine to 0. */
    public Sgd() {
        this(0.05, 0.9, false, Schedule.COSINE, 0);
    }

    /** Plain descent at a constant rate. */
    public Sgd(double rate) {
        this(rate, 0, false, Schedule.CONSTANT, 0);
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Sgd {
        Ranges.above("[sgd] rate", rate, 0);
        Ranges.share("[sgd] momentum", momentum);
        Ranges.atLeast("[sgd] warmup", warmup, 0);
    }

    @Override
    public String name() {
        return "sgd";
    }

    @Override
    public String summary() {
        return "stochastic gradient descent with momentum";
    }

    @Override
    public String source() {
        return "Sutskever, Martens, Dahl, Hinton: ICML 2013";
    }

    @Override
    public double rate(long step, long steps) {
        return rate * schedule.factor(step, steps, warmup);
    }

    @Override
    public Tensor update(Parameter weight, Tensor gradient, StepState state) {
        Tensor direction = gradient;
        if (momentum > 0) {
            Tensor factor = state.value("momentum", momentum);
            Tensor velocity =
                    state.variable(weight.name() + ".velocity", weight.tensor().shape(), Initializers.ZEROS);
            Tensor next = Subnormals.toZero(velocity.mul(factor).add(gradient));
            state.update(velocity, next);
            direction = nesterov ? gradient.add(next.mul(factor)) : next;
        }
        return weight.tensor().sub(direction.mul(state.learningRate()));
    }
}
