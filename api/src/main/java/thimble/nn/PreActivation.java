package thimble.nn;

import thimble.tensor.Tensor;
import thimble.tensor.Window;

/**
 * Residual block with normalisation and relu before its convolutions: x + conv2(relu(norm(conv1(relu(norm1(x)))))), two
 * kernels of 3 x 3 without bias. Where channels or size change, the shortcut is a 1 x 1 convolution of relu(norm1(x)).
 *
 * <p>K. He et al., "Identity Mappings in Deep Residual Networks", ECCV 2016, figure 1b.
 *
 * @param outputs number of output channels, at least 1
 * @param stride of the first convolution, at least 1
 * @param convolution kind of the convolutions
 */
public record PreActivation(int outputs, int stride, Convolution convolution) implements Layer {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public PreActivation {
        Checks.positive("pre-activation", "outputs", outputs);
        Checks.positive("pre-activation", "stride", stride);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Checks.rank("pre-activation", scope, x, 4, "[n, c, h, w]");
        Scope inner = scope.inner();
        Tensor active = new BatchNorm().apply(x, inner.child("norm1")).relu();
        Tensor middle = convolution
                .layer(outputs, window(3, stride), Norm.BATCH, Activation.RELU, Initializers.HE_NORMAL, false)
                .apply(active, inner.child("conv1"));
        Tensor through = convolution
                .layer(outputs, window(3, 1), Norm.NONE, Activation.IDENTITY, Initializers.HE_NORMAL, false)
                .withoutBias()
                .apply(middle, inner.child("conv2"));
        boolean same = stride == 1 && x.shape().size(1) == outputs;
        Tensor past = same
                ? x
                : new Conv2d(outputs, window(1, stride), Norm.NONE, Activation.IDENTITY)
                        .withoutBias()
                        .apply(active, inner.child("shortcut"));
        return through.add(past);
    }

    private static Window window(int size, int stride) {
        return Window.of(size, size).padding(size / 2).stride(stride);
    }
}
