package thimble.regularizers;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import thimble.nn.Initializers;
import thimble.nn.Parameter;
import thimble.nn.Parameter.Role;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.train.Calibration;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Weight decay with one strength per layer, so that decay and loss pull with the same ratio in all layers: λ_l = λ_L ρ_l / ρ_L, where only the
 * last layer's λ_L is chosen and ρ_l = ‖∂ℓ/∂W_l‖ / ‖W_l‖ is measured once on the initial model. The result depends strongly on the
 * initializer; the measured ratios ρ_l / ρ_L stand in {@code ratios} afterwards and so in every record. Only kernels decay.
 *
 * <p>Other forms: {@code mode=band} keeps the one λ of {@link L2} in layers where decay and loss are balanced within a factor b of the last
 * layer's balance, and moves the others to the border of that band: b = 1 is the plain method, a large b is L2. {@code mode=ema}, experimental, follows the
 * balance during training: λ_l = λ_L r_l / r_L⁰ with r_l the moving average over steps of ‖g_l‖ / ‖W_l‖ for the batch gradient g_l and r_L⁰ the last
 * layer's at the first step, so decay vanishes with the gradient where all examples are fitted.
 *
 * <p>M. Ishii and A. Sato, "Layer-Wise Weight Decay for Deep Neural Networks", PSIVT 2017: |λ_l W_l| / |ΔW_l| = c for all l. Deviations: how
 * the paper estimates |ΔW_l| before training was not available; both estimates here are our derivation: the mean norm of single examples'
 * gradients (batch gradients cancel in part and bias the ratio), or, for fully connected networks with ReLU and zero biases, the variance
 * propagation ρ_l / ρ_{l+1} = √(out_{l+1} σ²_{l+1} / (in_l σ²_l)) σ_{l+1} / σ_l. The band is our reading of a difference of magnitudes in a given range, in
 * logarithms and against the last layer; the moving average is ours, taken at every step. Patents: US 11,263,511 and JP 6729676 (NEC) cover layer-wise
 * regularisation strengths set from the initial network.
 *
 * @param lambda strength λ_L ≥ 0 of the last layer
 * @param mode how the ratios are found
 * @param samples examples to measure on, at least 1 (the error is about 25 % / √samples)
 * @param band widest factor b ≥ 1 between the balance of a layer and that of the last, for {@code mode=band}
 * @param decay share in [0, 1) of the past in the moving average, for {@code mode=ema}
 * @param ratios λ_l / λ_L of every kernel in the model's order, joined by {@code /}; empty to find them before the first step
 */
public record LayerwiseDecay(double lambda, Mode mode, int samples, double band, double decay, String ratios)
        implements Regularizer {
    private static final double TINY = 1e-12;

    /** How the ratios are found. */
    public enum Mode {
        /** From norms of single examples' gradients. */
        EMPIRICAL,
        /** From sizes and variances of the initial weights; fully connected networks only. */
        ANALYTIC,
        /** As {@link #EMPIRICAL}, but one strength for all layers wherever it is within the band. */
        BAND,
        /** Experimental: from batch gradients during training. */
        EMA
    }

    /** λ_L = 1e-3, measured on 96 examples. */
    public LayerwiseDecay() {
        this(1e-3);
    }

    /** A strength, measured on 96 examples. */
    public LayerwiseDecay(double lambda) {
        this(lambda, Mode.EMPIRICAL, 96, "");
    }

    /** With a band of factor 2 and an average over about 100 steps, where the mode has one. */
    public LayerwiseDecay(double lambda, Mode mode, int samples, String ratios) {
        this(lambda, mode, samples, 2, 0.99, ratios);
    }

    /** Checks the ranges, and that ratios are numbers. */
    public LayerwiseDecay {
        Checks.atLeastZero("layerwise-decay", "lambda", lambda);
        Checks.atLeastOne("layerwise-decay", "samples", samples);
        Checks.atLeastOne("layerwise-decay", "band", band);
        Checks.belowOne("layerwise-decay", "decay", decay);
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
    public String source() {
        return "Ishii, Sato: PSIVT 2017";
    }

    @Override
    public Regularizer calibrate(Calibration before) {
        if (!ratios.isEmpty()) {
            return this;
        }
        Checks.lastLayer(name(), before, "initialize it at random, or use l2");
        if (mode == Mode.EMA) {
            return this;
        }
        double[] found =
                LayerBalance.measured(before, mode != Mode.ANALYTIC, samples).toLast();
        if (mode == Mode.BAND) {
            Arrays.setAll(found, l -> Math.clamp(1, found[l] / band, found[l] * band));
        }
        String texts = Arrays.stream(found).mapToObj(Double::toString).collect(Collectors.joining("/"));
        return new LayerwiseDecay(lambda, mode, samples, band, decay, texts);
    }

    /**
     * The strength λ_l of every kernel in the model's order.
     *
     * @throws IllegalStateException if the ratios were not found yet
     */
    public double[] strengths() {
        if (ratios.isEmpty()) {
            throw new IllegalStateException(
                    "[layerwise-decay] expected ratios but they are found before the first step");
        }
        return numbers(ratios).stream().mapToDouble(ratio -> lambda * ratio).toArray();
    }

    @Override
    public Map<Parameter, Tensor> gradients(StepTrace step, Map<Parameter, Tensor> gradients) {
        List<Parameter> kernels = gradients.keySet().stream()
                .filter(parameter -> parameter.role() == Role.KERNEL)
                .toList();
        if (mode == Mode.EMA) {
            return lambda == 0 || kernels.isEmpty() ? gradients : followed(step, gradients, kernels);
        }
        List<Double> measured = numbers(ratios);
        if (measured.size() != kernels.size()) {
            String fault = "[layerwise-decay] expected one ratio for each of " + kernels.size()
                    + " kernels but received '" + ratios + "'";
            throw ratios.isEmpty()
                    ? new IllegalStateException(fault)
                    : new IllegalArgumentException(fault + "; join them by /, or leave them out to have them measured");
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

    private Map<Parameter, Tensor> followed(StepTrace step, Map<Parameter, Tensor> gradients, List<Parameter> kernels) {
        Tensor kept = step.value("decay", decay);
        Tensor fresh = kept.neg().add(1);
        Tensor total = step.variable("total", Shape.of(), Initializers.ZEROS);
        Tensor count = total.mul(kept).add(fresh);
        step.update(total, count);
        Tensor start = step.variable("start", Shape.of(), Initializers.ZEROS);
        Tensor first = start.equal(Tensor.scalar(0)).select(balance(kernels.getLast(), gradients), start);
        step.update(start, first);
        Tensor unit =
                step.value("lambda", lambda).div(first.max(Tensor.scalar(TINY)).mul(count));
        Map<Parameter, Tensor> decayed = new LinkedHashMap<>(gradients);
        for (Parameter kernel : kernels) {
            Tensor sum = step.variable("balance." + kernel.name(), Shape.of(), Initializers.ZEROS);
            Tensor next = sum.mul(kept).add(balance(kernel, gradients).mul(fresh));
            step.update(sum, next);
            decayed.computeIfPresent(
                    kernel, (_, gradient) -> gradient.add(kernel.tensor().mul(next.mul(unit))));
        }
        return decayed;
    }

    /** ‖g‖ / ‖W‖ of one kernel, rank 0. */
    private static Tensor balance(Parameter kernel, Map<Parameter, Tensor> gradients) {
        Tensor gradient = Objects.requireNonNull(gradients.get(kernel));
        Tensor norm = kernel.tensor().square().sum().sqrt();
        return gradient.square().sum().sqrt().div(norm.max(Tensor.scalar(TINY)));
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
}
