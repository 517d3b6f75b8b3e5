package thimble.regularizers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import thimble.nn.Parameter;
import thimble.tensor.Tensor;
import thimble.train.Calibration;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Weight decay towards the starting point, for fine-tuning: ½ α ‖w_s − w_s⁰‖² + ½ β ‖w_new‖², where w_s⁰ are the pre-trained weights and w_new those
 * that had none, such as a new output. Without pre-trained weights it is refused, unless it is asked to decay towards the random initial weights, where
 * all weights are drawn to their first values and β means nothing.
 *
 * <p>X. Li, Y. Grandvalet and F. Davoine, "Explicit Inductive Bias for Transfer Learning with Convolutional Networks", ICML 2018, equation 3. Towards
 * initial weights: W. Hu, Z. Li and D. Yu, "Simple and Effective Regularization Methods for Training on Noisily Labeled Data with Generalization
 * Guarantee", ICLR 2020, section 4. Deviation: biases and normalisation parameters are left out unless {@code all}.
 *
 * @param alpha strength α ≥ 0 of the pull to the starting point
 * @param beta strength β ≥ 0 of the decay of new weights
 * @param towards which starting points count
 * @param all true to act on biases and normalisation parameters too
 * @param fresh names of the parameters that were not pre-trained, joined by {@code /}; empty to find them before the first step
 */
public record L2Sp(double alpha, double beta, Towards towards, boolean all, String fresh) implements Regularizer {
    /** Which starting points count. */
    public enum Towards {
        /** Pre-trained ones; others decay to 0. */
        PRETRAINED,
        /** All of them, random ones too. */
        INITIAL
    }

    /** α = 0.1 and β = 0.01, towards pre-trained weights. */
    public L2Sp() {
        this(0.1, 0.01, Towards.PRETRAINED, false, "");
    }

    /** Checks that both strengths are finite and not negative. */
    public L2Sp {
        Checks.atLeastZero("l2-sp", "alpha", alpha);
        Checks.atLeastZero("l2-sp", "beta", beta);
    }

    @Override
    public String name() {
        return "l2-sp";
    }

    @Override
    public String summary() {
        return "weight decay towards the pre-trained weights";
    }

    @Override
    public String source() {
        return "Li, Grandvalet, Davoine: ICML 2018";
    }

    @Override
    public Regularizer calibrate(Calibration before) {
        if (towards == Towards.INITIAL || !fresh.isEmpty()) {
            return this;
        }
        List<Parameter> acted =
                before.parameters().stream().filter(p -> Checks.decays(p, all)).toList();
        List<Parameter> random =
                acted.stream().filter(p -> !before.pretrained(p)).toList();
        if (random.size() == acted.size()) {
            throw new IllegalArgumentException(
                    "[l2-sp] expected pre-trained weights but the model begins with random ones;"
                            + " give it pre-trained ones, or decay towards the random ones with towards=initial");
        }
        return new L2Sp(
                alpha, beta, towards, all, random.stream().map(Parameter::name).collect(Collectors.joining("/")));
    }

    @Override
    public Map<Parameter, Tensor> gradients(StepTrace step, Map<Parameter, Tensor> gradients) {
        Tensor home = step.value("alpha", alpha);
        Tensor zero = step.value("beta", beta);
        List<String> others = Arrays.asList(fresh.split("/"));
        return Decay.each(gradients, all, (parameter, gradient) -> {
            Tensor w = parameter.tensor();
            if (others.contains(parameter.name())) {
                return gradient.add(w.mul(zero));
            }
            return alpha == 0
                    ? gradient
                    : gradient.add(w.sub(step.variable("start." + parameter.name(), parameter))
                            .mul(home));
        });
    }
}
