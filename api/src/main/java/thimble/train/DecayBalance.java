package thimble.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import thimble.nn.Parameter;

/**
 * How hard weight decay pulls on each layer against the loss: |λ_l w_l| / |Δw_l|, where |Δw_l| is the mean norm of single
 * examples' gradients of the loss without penalties.
 *
 * <p>M. Ishii and A. Sato, "Layer-Wise Weight Decay for Deep Neural Networks", PSIVT 2017: under one λ this ratio
 * differs from layer to layer.
 *
 * @param layers one per kernel, in the model's order
 */
public record DecayBalance(List<Layer> layers) {
    /**
     * The two pulls on one kernel.
     *
     * @param kernel its name, as in {@code fc1.kernel}
     * @param lambda strength λ_l of its decay
     * @param weight Euclidean norm of its weights
     * @param gradient mean norm of single examples' gradients
     */
    public record Layer(String kernel, double lambda, double weight, double gradient) {
        /** |λ_l w_l| / |Δw_l|. */
        public double ratio() {
            return lambda * weight / gradient;
        }
    }

    /** Copies the layers. */
    public DecayBalance {
        layers = List.copyOf(layers);
    }

    /**
     * Measures the balance.
     *
     * @param now the model, at the start or during training
     * @param examples how many examples, at least 1 and at most the training data
     * @param lambdas strength of each kernel's decay in the model's order, or one for all
     * @throws IllegalArgumentException if there are neither one nor as many strengths as kernels
     */
    public static DecayBalance of(Calibration now, int examples, double... lambdas) {
        List<Parameter> parameters = now.parameters();
        long kernels = parameters.stream()
                .filter(p -> p.role() == Parameter.Role.KERNEL)
                .count();
        if (lambdas.length != 1 && lambdas.length != kernels) {
            throw new IllegalArgumentException(
                    "[decay-balance] expected 1 or " + kernels + " strengths but received " + lambdas.length);
        }
        double[] gradients = now.gradientNorms(examples);
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < gradients.length; i++) {
            Parameter parameter = parameters.get(i);
            if (parameter.role() == Parameter.Role.KERNEL) {
                double lambda = lambdas[lambdas.length == 1 ? 0 : layers.size()];
                layers.add(new Layer(parameter.name(), lambda, now.norm(parameter), gradients[i]));
            }
        }
        return new DecayBalance(layers);
    }

    /** Largest over smallest ratio of all layers: 1 where decay is balanced. */
    public double spread() {
        double[] ratios = layers.stream().mapToDouble(Layer::ratio).toArray();
        return Arrays.stream(ratios).max().orElse(1)
                / Arrays.stream(ratios).min().orElse(1);
    }
}
