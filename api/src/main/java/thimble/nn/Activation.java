package thimble.nn;

import thimble.tensor.Tensor;

/** Functions of each element, as layers of their own or inside others; the shape stays. */
public enum Activation implements Layer {
    /** x. */
    IDENTITY,
    /** max(x, 0). */
    RELU,
    /** x where positive, else 0.2 · x, the slope that is usual in generative adversarial networks. */
    LEAKY_RELU,
    /** Hyperbolic tangent. */
    TANH,
    /** 1 / (1 + e⁻ˣ). */
    SIGMOID,
    /** log(1 + eˣ). */
    SOFTPLUS,
    /** x · Φ(x) in the approximation through tanh of Hendrycks and Gimpel. */
    GELU,
    /** x · sigmoid(x). */
    SILU;

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return of(x);
    }

    /** The function alone. */
    public Tensor of(Tensor x) {
        return switch (this) {
            case IDENTITY -> x;
            case RELU -> x.relu();
            case LEAKY_RELU -> x.max(x.mul(0.2));
            case TANH -> x.tanh();
            case SIGMOID -> x.sigmoid();
            case SOFTPLUS -> x.softplus();
            case GELU ->
                x.square()
                        .mul(0.044715)
                        .add(1)
                        .mul(x)
                        .mul(StrictMath.sqrt(2 / StrictMath.PI))
                        .tanh()
                        .add(1)
                        .mul(0.5)
                        .mul(x);
            case SILU -> x.mul(x.sigmoid());
        };
    }

    /** Initial kernel that keeps the variance through this function. */
    Initializer kernel() {
        return switch (this) {
            case RELU, LEAKY_RELU, GELU, SILU -> Initializers.HE_NORMAL;
            case IDENTITY, TANH, SIGMOID, SOFTPLUS -> Initializers.GLOROT_UNIFORM;
        };
    }
}
