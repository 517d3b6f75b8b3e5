package thimble.nn;

import java.util.Locale;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * Layers that were made from a spec, so that a saved model can be made again.
 *
 * @param spec how it was asked for, as in {@code lenet:norm=batch}
 * @param layers what it became
 */
public record Network(String spec, Layer layers) implements Layer {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return layers.apply(x, scope);
    }

    /** One line: spec and number of trained numbers for examples of a shape. */
    public String line(Shape example) {
        return String.format(Locale.ROOT, "%s, %,d parameters", spec, Models.parameters(layers, example));
    }
}
