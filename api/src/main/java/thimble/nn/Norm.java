package thimble.nn;

import thimble.tensor.Tensor;

/** Normalisation inside a linear or convolution layer, between the product and the activation. */
public enum Norm {
    /** None; the layer has a bias. */
    NONE,
    /** {@link BatchNorm} with its defaults, named {@code norm}; its shift takes the place of the bias. */
    BATCH;

    /** True if the layer needs a bias of its own. */
    boolean biased() {
        return this == NONE;
    }

    Tensor apply(Tensor x, Scope scope) {
        return switch (this) {
            case NONE -> x;
            case BATCH -> new BatchNorm().apply(x, scope.child("norm"));
        };
    }
}
