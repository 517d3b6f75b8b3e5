package thimble.nn;

import thimble.method.Method;
import thimble.tensor.Shape;

/** A ready model chosen by name, which builds its layers for the shape of the data. */
public interface Architecture extends Method {
    /**
     * The layers.
     *
     * @param example shape of one example
     * @param outputs numbers that the model returns per example
     * @throws IllegalArgumentException if the model does not fit examples of this shape; the text names what does
     */
    Layer build(Shape example, int outputs);
}
