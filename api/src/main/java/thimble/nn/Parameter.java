package thimble.nn;

import thimble.tensor.Tensor;

/**
 * A trained variable.
 *
 * @param name path of the layer and role, as in {@code conv1.kernel}
 * @param tensor the variable's node
 * @param initializer its first value
 * @param role what it is; penalties leave biases and norms out by default
 */
public record Parameter(String name, Tensor tensor, Initializer initializer, Role role) {
    /** What a parameter is in its layer. */
    public enum Role {
        /** Weights of a linear map: [out, in] or [out, in / groups, kh, kw]. */
        KERNEL,
        /** Added to the output. */
        BIAS,
        /** Scale or shift of a normalisation. */
        NORM,
        /** Rows looked up by index. */
        EMBEDDING
    }
}
