package thimble.regularizers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import thimble.nn.Initializers;
import thimble.nn.Parameter;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Evaluation and the saved model read an exponential moving average of the weights; training itself is unchanged. After each step
 * a ← d a + (1 − d) w and s ← d s + (1 − d), both from 0; what is read is a / s. So the average is not drawn to zero or to the initial weights
 * in short trainings: after t steps it is the mean of w₁ … w_t with weights d^(t−i), and a decay of 0 reads the last weights. Biases and
 * normalisation parameters are averaged too; running statistics are estimated anew for the averaged weights by the trainer.
 *
 * <p>B. T. Polyak and A. B. Juditsky, "Acceleration of Stochastic Approximation by Averaging", SIAM Journal on Control and Optimization
 * 30(4), 1992, in the exponential form; division by s = 1 − dᵗ after D. P. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization",
 * ICLR 2015, section 3. Declare it after methods that change weights, since it averages what the hooks before it made.
 *
 * @param decay d in [0, 1); about 1 / (1 − d) steps are averaged
 */
public record Ema(double decay) implements Regularizer {
    /** d = 0.99. */
    public Ema() {
        this(0.99);
    }

    /** Checks that the decay is in [0, 1). */
    public Ema {
        Checks.belowOne("ema", "decay", decay);
    }

    @Override
    public String name() {
        return "ema";
    }

    @Override
    public String summary() {
        return "evaluates and saves a moving average of the weights";
    }

    @Override
    public String source() {
        return "Polyak, Juditsky: SIAM Journal on Control and Optimization 30, 1992";
    }

    @Override
    public Map<Parameter, Tensor> weights(StepTrace step, Map<Parameter, Tensor> updated) {
        if (decay == 0) {
            return updated;
        }
        Tensor kept = step.value("decay", decay);
        Tensor fresh = kept.neg().add(1);
        step.update(total(step), total(step).mul(kept).add(fresh));
        Map<Parameter, Tensor> same = new LinkedHashMap<>(updated);
        same.forEach((parameter, w) -> step.update(
                average(step, parameter), average(step, parameter).mul(kept).add(w.mul(fresh))));
        return same;
    }

    @Override
    public Optional<Tensor> evaluated(StepTrace step, Parameter weight) {
        return decay == 0 ? Optional.empty() : Optional.of(average(step, weight).div(total(step)));
    }

    private static Tensor average(StepTrace step, Parameter parameter) {
        return step.variable("average." + parameter.name(), parameter.tensor().shape(), Initializers.ZEROS);
    }

    private static Tensor total(StepTrace step) {
        return step.variable("total", Shape.of(), Initializers.ZEROS);
    }
}
