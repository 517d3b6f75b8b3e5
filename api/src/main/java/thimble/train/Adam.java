package thimble.train;

import thimble.nn.Initializers;
import thimble.nn.Parameter;
import thimble.tensor.Tensor;

/**
 * Adam: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − rate · m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ) and v̂ = v /
 * (1 − β₂ᵗ). The corrections are numbers of the step, so the graph does not change. Moments below the smallest
 * normal number become 0.
 *
 * <p>D. P. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 1.
 *
 * @param rate learning rate, above 0
 * @param beta1 decay of the mean, in [0, 1)
 * @param beta2 decay of the mean square, in [0, 1)
 * @param epsilon added to the root, above 0
 * @param schedule how the rate changes
 * @param warmup steps in which the rate grows to its full size
 */
public record Adam(double rate, double beta1, double beta2, double epsilon, Schedule schedule, int warmup)
        implements Optimizer {
    /** Rate 1e-3, cosine to 0. */
    public Adam() {
        this(1e-3);
    }

    /** The usual numbers, cosine to 0. */
    public Adam(double rate) {
        this(rate, 0.9, 0.999, 1e-8, Schedule.COSINE, 0);
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Adam {
        check("adam", rate, beta1, beta2, epsilon, warmup);
    }

    static void check(String method, double rate, double beta1, double beta2, double epsilon, int warmup) {
        Ranges.above("[" + method + "] rate", rate, 0);
        Ranges.share("[" + method + "] beta1", beta1);
        Ranges.share("[" + method + "] beta2", beta2);
        Ranges.above("[" + method + "] epsilon", epsilon, 0);
        Ranges.atLeast("[" + method + "] warmup", warmup, 0);
    }

    @Override
    public String name() {
        return "adam";
    }

    @Override
    public String summary() {
        return "steps scaled by running means of gradients and their squares";
    }

    @Override
    public String source() {
        return "Kingma, Ba: ICLR 2015";
    }

    @Override
    public double rate(long step, long steps) {
        return rate * schedule.factor(step, steps, warmup);
    }

    @Override
    public Tensor update(Parameter weight, Tensor gradient, StepState state) {
        return weight.tensor().sub(direction(weight, gradient, state).mul(state.learningRate()));
    }

    /** m̂ / (√v̂ + ε). */
    Tensor direction(Parameter weight, Tensor gradient, StepState state) {
        Tensor mean = moment(weight, ".mean", "beta1", beta1, gradient, state);
        Tensor square = moment(weight, ".square", "beta2", beta2, gradient.square(), state);
        Tensor up = state.perStep("correction1", (_, step) -> 1 / (1 - power(beta1, step + 1)));
        Tensor down = state.perStep("correction2", (_, step) -> 1 / (1 - power(beta2, step + 1)));
        return mean.mul(up).div(square.mul(down).sqrt().add(state.value("epsilon", epsilon)));
    }

    /** By repeated squaring: unlike {@link StrictMath#pow} it leaves nothing to the garbage collector in every step. */
    private static double power(double base, long exponent) {
        double power = 1;
        double square = base;
        for (long left = exponent; left > 0; left >>= 1) {
            power = (left & 1) == 1 ? power * square : power;
            square *= square;
        }
        return power;
    }

    private static Tensor moment(
            Parameter weight, String role, String name, double beta, Tensor sample, StepState state) {
        Tensor old = state.variable(weight.name() + role, weight.tensor().shape(), Initializers.ZEROS);
        Tensor kept = old.mul(state.value(name, beta));
        Tensor next = Subnormals.toZero(kept.add(sample.mul(state.value(name + ".rest", 1 - beta))));
        state.update(old, next);
        return next;
    }
}
