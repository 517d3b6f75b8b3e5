package thimble.regularizers;

import java.util.Map;
import java.util.function.UnaryOperator;
import thimble.nn.Parameter;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Adaptive sharpness-aware minimisation: as {@link Sam}, but each weight's step uphill is measured against its own size, so that scaling a layer
 * up and the next one down changes nothing: ŵ = w + ρ T² g / ‖T g‖ with T = |w| + η for weights and 1 for other parameters.
 *
 * <p>J. Kwon, J. Kim, H. Park and I. K. Choi, "ASAM: Adaptive Sharpness-Aware Minimization for Scale-Invariant Learning of Deep Neural
 * Networks", ICML 2021, algorithm 1 with element-wise normalisation. Deviations: those of {@link Sam}; scales of normalisations count among the
 * other parameters.
 *
 * @param rho radius ρ ≥ 0
 * @param eta η ≥ 0, keeps weights near 0 moving
 */
public record Asam(double rho, double eta) implements Regularizer {
    /** ρ = 0.5, η = 0.01. */
    public Asam() {
        this(0.5, 0.01);
    }

    /** Checks that both are finite and not negative. */
    public Asam {
        Checks.atLeastZero("asam", "rho", rho);
        Checks.atLeastZero("asam", "eta", eta);
    }

    @Override
    public String name() {
        return "asam";
    }

    @Override
    public String summary() {
        return "sam with a radius relative to the size of each weight";
    }

    @Override
    public String source() {
        return "Kwon, Kim, Park, Choi: ICML 2021";
    }

    @Override
    public Map<Parameter, Tensor> gradients(StepTrace step, Map<Parameter, Tensor> gradients) {
        return rho == 0
                ? gradients
                : Ascent.gradients(step, gradients, step.value("rho", rho), scale(step.value("eta", eta)));
    }

    /** T for each parameter. */
    static Ascent.Scale scale(Tensor eta) {
        return parameter -> Checks.decays(parameter, false)
                ? value -> value.mul(parameter.tensor().abs().add(eta))
                : UnaryOperator.identity();
    }
}
