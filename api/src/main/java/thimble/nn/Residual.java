package thimble.nn;

import thimble.tensor.Tensor;

/**
 * Shortcut round a body: activation(shortcut(x) + body(x)). The names of the body stand directly under the path, those
 * of the shortcut under {@code shortcut}; hidden outputs inside are not stages of the model.
 *
 * @param body any layers
 * @param shortcut {@link Activation#IDENTITY}, or a projection where the shapes differ
 * @param activation function of the sum
 */
public record Residual(Layer body, Layer shortcut, Activation activation) implements Layer {
    /** Adds the input itself and passes the sum on. */
    public Residual(Layer body) {
        this(body, Activation.IDENTITY, Activation.IDENTITY);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Tensor through = body.apply(x, scope.inner());
        Tensor past = shortcut.apply(x, scope.child("shortcut").inner());
        if (!through.shape().equals(past.shape())) {
            throw Checks.error(
                    "residual", scope, "equal shapes of body and shortcut", through.shape() + " and " + past.shape());
        }
        return activation.of(through.add(past));
    }
}
