package thimble.nn;

import thimble.tensor.Tensor;

/** A part of a model: a record, so that a model is a value that can be printed, compared and hashed. */
public interface Layer {
    /**
     * Builds this layer's part of the graph.
     *
     * @param x input, axis 0 counts examples
     * @param scope names and collects parameters, taps and state updates
     * @return output, axis 0 counts examples
     */
    Tensor apply(Tensor x, Scope scope);
}
