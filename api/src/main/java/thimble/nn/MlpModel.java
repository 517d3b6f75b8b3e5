package thimble.nn;

import java.util.List;
import thimble.tensor.Shape;

/**
 * Fully connected layers fc1, fc2, … with one activation, and a linear output.
 *
 * <p>D. E. Rumelhart, G. E. Hinton and R. J. Williams, "Learning Representations by Back-propagating Errors", Nature 323, 1986, with the
 * activations of today.
 *
 * @param hidden widths of the hidden layers, joined by {@code -}, as in {@code 300-100}; {@code 200x5} is five of 200
 * @param norm normalisation in hidden layers
 * @param activation function of hidden layers
 * @param init first values of all kernels
 */
public record MlpModel(String hidden, Norm norm, Activation activation, InitialKernels init) implements Architecture {
    /** Two hidden layers of 128, relu. */
    public MlpModel() {
        this("128-128", Norm.NONE, Activation.RELU, InitialKernels.AUTO);
    }

    /**
     * Checks the widths.
     *
     * @throws IllegalArgumentException if the widths cannot be read
     */
    public MlpModel {
        Widths.parse("mlp", "hidden", hidden);
    }

    @Override
    public String name() {
        return "mlp";
    }

    @Override
    public String summary() {
        return "fully connected layers; fits tables, pictures and sequences";
    }

    @Override
    public String source() {
        return "Rumelhart, Hinton, Williams: Nature 323, 1986";
    }

    @Override
    public Layer build(Shape example, int outputs) {
        Sequential layers = Sequential.of().then("flatten", new Flatten());
        List<Integer> widths = Widths.parse(name(), "hidden", hidden);
        for (int i = 0; i < widths.size(); i++) {
            layers = layers.then("fc" + (i + 1), new Linear(widths.get(i), norm, activation, init.before(activation)));
        }
        return layers.then(
                "out", new Linear(outputs, Norm.NONE, Activation.IDENTITY, init.before(Activation.IDENTITY)));
    }
}
