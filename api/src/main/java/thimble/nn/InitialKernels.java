package thimble.nn;

/** First values of all kernels of a ready model; biases begin at 0 in any case. */
public enum InitialKernels {
    /** As fits each layer's activation: He before relu and its kin, else Glorot, so at the output too. */
    AUTO,
    /** {@link Initializers#HE_NORMAL} in all layers, the output included. */
    HE,
    /** {@link Initializers#GLOROT_UNIFORM} in all layers. */
    GLOROT;

    /** The first values of a kernel before an activation. */
    Initializer before(Activation activation) {
        return switch (this) {
            case AUTO -> activation.kernel();
            case HE -> Initializers.HE_NORMAL;
            case GLOROT -> Initializers.GLOROT_UNIFORM;
        };
    }
}
