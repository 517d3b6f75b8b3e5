package thimble.data;

import thimble.tensor.Shape;

/**
 * One input of a model. The example of a data set with several inputs is the concatenation of its parts, in order.
 *
 * @param name name of the input
 * @param shape shape of this part of one example
 */
public record Part(String name, Shape shape) {
    /** Name of the part of a data set with one input. */
    public static final String INPUT = "input";
}
