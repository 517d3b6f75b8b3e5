package thimble.nn;

import java.util.Arrays;
import java.util.List;
import thimble.tensor.Shape;

/**
 * Fully connected layers fc1, fc2, … with one activation, and a linear output.
 *
 * @param hidden widths of the hidden layers, joined by {@code -}, as in {@code 300-100}
 * @param norm normalisation in hidden layers
 * @param activation function of hidden layers
 */
public record MlpModel(String hidden, Norm norm, Activation activation) implements Architecture {
    private static final int WIDEST = 1 << 16;

    /** Two hidden layers of 128, relu. */
    public MlpModel() {
        this("128-128", Norm.NONE, Activation.RELU);
    }

    /**
     * Checks the widths.
     *
     * @throws IllegalArgumentException if the widths cannot be read
     */
    public MlpModel {
        if (!hidden.matches("\\d{1,5}(-\\d{1,5})*") || widths(hidden).stream().anyMatch(w -> w < 1 || w > WIDEST)) {
            throw new IllegalArgumentException(
                    "hidden expected widths in 1.." + WIDEST + " such as 300-100 but received '" + hidden + "'");
        }
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
    public Layer build(Shape example, int outputs) {
        Sequential layers = Sequential.of().then("flatten", new Flatten());
        List<Integer> widths = widths(hidden);
        for (int i = 0; i < widths.size(); i++) {
            layers = layers.then("fc" + (i + 1), new Linear(widths.get(i), norm, activation));
        }
        return layers.then("out", new Linear(outputs));
    }

    private static List<Integer> widths(String hidden) {
        return Arrays.stream(hidden.split("-")).map(Integer::valueOf).toList();
    }
}
