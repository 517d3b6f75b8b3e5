package thimble.train;

import thimble.nn.Initializer;
import thimble.tensor.Tensor;

/**
 * A variable that a training keeps between steps: a weight, a buffer, a moment of the optimizer, or a method's own.
 *
 * @param name unique name
 * @param tensor the variable's node
 * @param initializer its first value
 */
public record StateVariable(String name, Tensor tensor, Initializer initializer) {}
