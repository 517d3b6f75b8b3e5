package thimble.regularizers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import thimble.nn.Parameter;
import thimble.nn.Parameter.Role;
import thimble.tensor.Tensor;
import thimble.train.Calibration;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Weight decay with one strength per layer, so that decay and loss pull with the same ratio in all layers: λ_l = λ_L ρ_l / ρ_L, where only the
 * last layer's λ_L is chosen and ρ_l = ‖∂ℓ/∂W_l‖ / ‖W_l‖ is measured once on the initial model. The result depends strongly on the
 * initializer; the measured ratios ρ_l / ρ_L stand in {@code ratios} afterwards and so in every record. Only kernels decay.
 *
 * <p>M. Ishii and A. Sato, "Layer-Wise Weight Decay for Deep Neural Networks", PSIVT 2017: |λ_l W_l| / |ΔW_l| = c for all l. Deviations: how
 * the paper estimates |ΔW_l| before training was not available; here it is the mean norm of single examples' gradients (batch gradients
 * cancel in part and bias the ratio), or, for fully connected networks with ReLU and zero biases, the variance propagation
 * ρ_l / ρ_{l+1} = √(out_{l+1} σ²_{l+1} / (in_l σ²_l)) σ_{l+1} / σ_l. Patents: US 11,263,511 and JP 6729676 (NEC) cover layer-wise
 * regularisation strengths set from the initial network.
 *
 * @param lambda strength λ_L ≥ 0 of the last layer
 * @param mode how the ratios are found
 * @param samples examples to measure on, at least 1 (the error is about 25 % / √samples)
 * @param ratios ρ_l / ρ_L of every kernel in the model's order, joined by {@code /}; empty to find them before the first step
 */
public record LayerwiseDecay(double lambda, Mode mode, int samples, String ratios) implements Regularizer {
    /** How the ratios are found. */
    public enum Mode {
        /** From norms of single examples' gradients. */
        EMPIRICAL,
        /** From sizes and variances of the initial weights; fully connected networks only. */
        ANALYTIC
    }

    /** λ_L = 1e-3, measured on 96 examples. */
    public LayerwiseDecay() {
        this(1e-3);
    }

    /** A strength, measured on 96 examples. */
    public LayerwiseDecay(double lambda) {
        this(lambda, Mode.EMPIRICAL, 96, "");
    }

    /** Checks that λ is finite and not negative, samples are at least 1 and ratios are numbers. */
    public LayerwiseDecay {
        Checks.atLeastZero("layerwise-decay", "lambda", lambda);
        Checks.atLeastOne("layerwise-decay", "samples", samples);
        numbers(ratios).forEach(ratio -> Checks.atLeastZero("layerwise-decay", "every ratio", ratio));
    }

    @Override
    public String name() {
        return "layerwise-decay";
    }

    @Override
    public String summary() {
        return "weight decay with a strength per layer, measured on the initial model";
    }

    @Override
    public Regularizer calibrate(Calibration before) {
        if (!ratios.isEmpty()) {
            return this;
        }
        List<Parameter> parameters = before.parameters();
        double[] gradients =
                mode == Mode.EMPIRICAL ? before.gradientNorms(Math.min(samples, before.examples())) : new double[0];
        List<Kernel> kernels = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            if (parameter.role() == Role.KERNEL) {
                kernels.add(new Kernel(parameter, before.norm(parameter), mode == Mode.EMPIRICAL ? gradients[i] : 1));
            }
        }
        kernels.forEach(Kernel::check);
        double[] balance = mode == Mode.EMPIRICAL
                ? kernels.stream().mapToDouble(k -> k.gradient / k.norm).toArray()
                : propagated(kernels);
        double last = balance[balance.length - 1];
        String found = Arrays.stream(balance)
                .mapToObj(rho -> Double.toString(rho / last))
                .collect(Collectors.joining("/"));
        return new LayerwiseDecay(lambda, mode, samples, found);
    }

    @Override
    public Map<Parameter, Tensor> gradients(StepTrace step, Map<Parameter, Tensor> gradients) {
        List<Parameter> kernels = gradients.keySet().stream()
                .filter(parameter -> parameter.role() == Role.KERNEL)
                .toList();
        List<Double> measured = numbers(ratios);
        if (measured.size() != kernels.size()) {
            throw new IllegalStateException("[layerwise-decay] expected one ratio for each of " + kernels.size()
                    + " kernels but received '" + ratios + "'");
        }
        Map<Parameter, Tensor> decayed = new LinkedHashMap<>(gradients);
        for (int i = 0; i < measured.size(); i++) {
            Parameter kernel = kernels.get(i);
            Tensor strength = step.value("lambda." + kernel.name(), lambda * measured.get(i));
            decayed.computeIfPresent(
                    kernel, (_, gradient) -> gradient.add(kernel.tensor().mul(strength)));
        }
        return decayed;
    }

    private static List<Double> numbers(String ratios) {
        try {
            return ratios.isEmpty()
                    ? List.of()
                    : Arrays.stream(ratios.split("/", -1)).map(Double::valueOf).toList();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "[layerwise-decay] expected ratios as in 0.5/0.6/1 but received '" + ratios + "'", e);
        }
    }

    /** ρ of each layer up to a common factor, from the last layer to the first. */
    private static double[] propagated(List<Kernel> kernels) {
        double[] balance = new double[kernels.size()];
        balance[balance.length - 1] = 1;
        for (int l = balance.length - 2; l >= 0; l--) {
            Kernel here = kernels.get(l);
            Kernel next = kernels.get(l + 1);
            double gradients = Math.sqrt(next.outputs() * next.variance() / (here.inputs() * here.variance()));
            balance[l] = balance[l + 1] * gradients * Math.sqrt(next.variance() / here.variance());
        }
        return balance;
    }

    /** One layer's weights [out, in] with the norms of its first value and of its gradient. */
    private record Kernel(Parameter parameter, double norm, double gradient) {
        void check() {
            if (!(norm > 0 && gradient > 0)) {
                throw new IllegalArgumentException(
                        "[layerwise-decay] expected initial weights and gradients other than zero but received norm "
                                + norm + " and gradient norm " + gradient + " for " + parameter.name()
                                + "; initialize that layer with random weights");
            }
        }

        double variance() {
            return norm * norm / parameter.tensor().shape().elements();
        }

        int outputs() {
            return parameter.tensor().shape().size(0);
        }

        int inputs() {
            if (parameter.tensor().shape().rank() != 2) {
                throw new IllegalArgumentException(
                        "[layerwise-decay] expected fully connected kernels for mode=analytic but received "
                                + parameter.name() + " " + parameter.tensor().shape() + "; use mode=empirical");
            }
            return parameter.tensor().shape().size(1);
        }
    }
}
