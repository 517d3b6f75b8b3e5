package thimble.regularizers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import thimble.nn.Parameter;
import thimble.train.Calibration;

/**
 * Size of the update by the loss against the size of the weights, ρ_l = |ΔW_l| / |W_l|, for every kernel of an initial model.
 *
 * @param rho ρ_l up to a common factor, in the model's order
 */
record LayerBalance(double[] rho) {
    /**
     * Measures it.
     *
     * @param gradients true for norms of single examples' gradients, false for sizes and variances of the weights
     * @param samples examples to measure on
     * @throws IllegalArgumentException if a kernel or its gradient is zero, or sizes alone do not tell
     */
    static LayerBalance measured(Calibration before, boolean gradients, int samples) {
        List<Parameter> parameters = before.parameters();
        double[] norms = gradients ? before.gradientNorms(Math.min(samples, before.examples())) : new double[0];
        List<Kernel> kernels = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            if (parameter.role() == Parameter.Role.KERNEL) {
                kernels.add(new Kernel(parameter, before.norm(parameter), gradients ? norms[i] : 1));
            }
        }
        kernels.forEach(Kernel::check);
        return new LayerBalance(
                gradients
                        ? kernels.stream().mapToDouble(k -> k.gradient / k.norm).toArray()
                        : propagated(kernels));
    }

    /** ρ_l / ρ_L. */
    double[] toLast() {
        double[] ratios = rho.clone();
        double last = rho[rho.length - 1];
        Arrays.setAll(ratios, l -> rho[l] / last);
        return ratios;
    }

    /** From the last layer to the first. */
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
