package thimble.regularizers;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import thimble.nn.Parameter;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Sharpness-aware minimisation: the optimizer gets the gradient at ŵ = w + ρ g / ‖g‖, the worst point near by to first order, with the norm over
 * all parameters, and moves w. Running statistics of normalisations do not see the second pass. What other methods add to the gradient, such
 * as weight decay, is taken at w. A step costs about two.
 *
 * <p>P. Foret, A. Kleiner, H. Mobahi and B. Neyshabur, "Sharpness-Aware Minimization for Efficiently Improving Generalization", ICLR 2021,
 * algorithm 1 with p = 2. Deviation: both passes use the same random masks; penalties of the loss are part of the loss that is climbed.
 *
 * @param rho radius ρ ≥ 0
 */
public record Sam(double rho) implements Regularizer {
    /** ρ = 0.05. */
    public Sam() {
        this(0.05);
    }

    /** Checks that ρ is finite and not negative. */
    public Sam {
        Checks.atLeastZero("sam", "rho", rho);
    }

    @Override
    public String name() {
        return "sam";
    }

    @Override
    public String summary() {
        return "takes the gradient at the worst point within rho of the weights";
    }

    @Override
    public String source() {
        return "Foret, Kleiner, Mobahi, Neyshabur: ICLR 2021";
    }

    @Override
    public List<String> excludes() {
        return List.of("asam");
    }

    @Override
    public Map<Parameter, Tensor> gradients(StepTrace step, Map<Parameter, Tensor> gradients) {
        return rho == 0
                ? gradients
                : Ascent.gradients(step, gradients, step.value("rho", rho), _ -> UnaryOperator.identity());
    }
}
