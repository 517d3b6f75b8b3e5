package thimble.nn;

import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * Fully connected layer x Wᵀ + b, then normalisation, then activation: [n, in] to [n, outputs]. Its variables are
 * {@code kernel} [outputs, in] and {@code bias} [outputs].
 *
 * @param outputs number of outputs, at least 1
 * @param norm normalisation before the activation
 * @param activation function of each output
 * @param kernel first value of the kernel
 */
public record Linear(int outputs, Norm norm, Activation activation, Initializer kernel) implements Layer {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if there are no outputs
     */
    public Linear {
        Checks.positive("linear", "outputs", outputs);
    }

    /** Without activation, as at the end of a model. */
    public Linear(int outputs) {
        this(outputs, Activation.IDENTITY);
    }

    /** With activation; the kernel begins as fits the activation. */
    public Linear(int outputs, Activation activation) {
        this(outputs, Norm.NONE, activation);
    }

    /** With normalisation and activation. */
    public Linear(int outputs, Norm norm, Activation activation) {
        this(outputs, norm, activation, activation.kernel());
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Checks.rank("linear", scope, x, 2, "[n, features]; put a Flatten before it");
        Tensor w = scope.parameter("kernel", Shape.of(outputs, x.shape().size(1)), kernel, Parameter.Role.KERNEL);
        Tensor y = x.matmulTransposed(w); // [n, outputs]
        if (norm.biased()) {
            y = y.add(scope.parameter("bias", Shape.of(outputs), Initializers.ZEROS, Parameter.Role.BIAS));
        }
        return activation.of(norm.apply(y, scope));
    }
}
