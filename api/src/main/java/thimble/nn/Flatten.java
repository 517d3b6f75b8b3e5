package thimble.nn;

import thimble.tensor.Tensor;

/** [n, …] to [n, features]. */
public record Flatten() implements Layer {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return x.flatten();
    }
}
