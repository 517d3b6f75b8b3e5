package thimble.nn;

import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/**
 * Transposed convolution, the adjoint of a convolution in its input, then normalisation, then activation: [n, c, h, w]
 * to [n, outputs, (h − 1) · stride + (kernel − 1) · dilation + 1 − padding, …]. Its variables are {@code kernel} [c,
 * outputs / groups, kh, kw] and {@code bias} [outputs].
 *
 * @param outputs number of output channels, at least 1
 * @param window window of the convolution whose adjoint this is
 * @param norm normalisation before the activation
 * @param activation function of each output
 * @param kernel first value of the kernel
 */
public record ConvTranspose2d(int outputs, Window window, Norm norm, Activation activation, Initializer kernel)
        implements Layer {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if there are no outputs
     */
    public ConvTranspose2d {
        Checks.positive("conv-transpose2d", "outputs", outputs);
    }

    /** The kernel begins as fits the activation. */
    public ConvTranspose2d(int outputs, Window window, Norm norm, Activation activation) {
        this(outputs, window, norm, activation, activation.kernel());
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Checks.rank("conv-transpose2d", scope, x, 4, "[n, c, h, w]");
        Shape in = x.shape();
        if (in.size(1) % window.groups() != 0 || outputs % window.groups() != 0) {
            throw Checks.error(
                    "conv-transpose2d",
                    scope,
                    "channels divisible by " + window.groups() + " groups",
                    in.size(1) + " to " + outputs);
        }
        int height = (in.size(2) - 1) * window.strideHeight()
                + (window.kernelHeight() - 1) * window.dilationHeight()
                + 1
                - window.padTop()
                - window.padBottom();
        int width = (in.size(3) - 1) * window.strideWidth()
                + (window.kernelWidth() - 1) * window.dilationWidth()
                + 1
                - window.padLeft()
                - window.padRight();
        if (height < 1 || width < 1) {
            throw Checks.error("conv-transpose2d", scope, "padding smaller than the output", in);
        }
        Shape shape = Shape.of(in.size(1), outputs / window.groups(), window.kernelHeight(), window.kernelWidth());
        Tensor w = scope.parameter("kernel", shape, kernel, Parameter.Role.KERNEL);
        Shape out = Shape.of(in.size(0), outputs, height, width);
        Tensor y = Tensor.of(new Op.Conv2dInputGrad(window, out), x, w); // [n, outputs, height, width]
        if (norm.biased()) {
            Tensor bias = scope.parameter("bias", Shape.of(outputs), Initializers.ZEROS, Parameter.Role.BIAS);
            y = y.add(bias.reshape(1, outputs, 1, 1));
        }
        return activation.of(norm.apply(y, scope));
    }
}
