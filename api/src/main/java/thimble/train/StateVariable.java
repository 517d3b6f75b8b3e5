package thimble.train;

import java.util.Optional;
import thimble.nn.Initializer;
import thimble.tensor.Tensor;

/**
 * A variable that a training keeps between steps: a weight, a buffer, a moment of the optimizer, or a method's own.
 *
 * @param name unique name
 * @param tensor the variable's node
 * @param initializer its first value, unless it begins like another one
 * @param like name of the variable whose first value it takes, if any
 */
public record StateVariable(String name, Tensor tensor, Initializer initializer, Optional<String> like) {
    /** A variable with a first value of its own. */
    public StateVariable(String name, Tensor tensor, Initializer initializer) {
        this(name, tensor, initializer, Optional.empty());
    }
}
