package thimble.nn;

import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/**
 * Convolution of pictures, then normalisation, then activation: [n, c, h, w] to [n, outputs, oh, ow]. Its variables are
 * {@code kernel} [outputs, c / groups, kh, kw] and {@code bias} [outputs].
 *
 * @param outputs number of output channels, at least 1
 * @param window kernel size, stride, padding, dilation, groups
 * @param norm normalisation before the activation
 * @param activation function of each output
 * @param kernel first value of the kernel
 * @param filters what the kernel means
 * @param biased whether a bias is added
 */
public record Conv2d(
        int outputs,
        Window window,
        Norm norm,
        Activation activation,
        Initializer kernel,
        Filters filters,
        boolean biased)
        implements Layer {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if there are no outputs
     */
    public Conv2d {
        Checks.positive("conv2d", "outputs", outputs);
    }

    /** A square kernel that moves by one without padding; the kernel begins as fits the activation. */
    public Conv2d(int outputs, int size, Activation activation) {
        this(outputs, Window.of(size, size), Norm.NONE, activation);
    }

    /** The kernel begins as fits the activation. */
    public Conv2d(int outputs, Window window, Norm norm, Activation activation) {
        this(outputs, window, norm, activation, activation.kernel());
    }

    /** The kernel holds the filters themselves; there is a bias unless a normalisation shifts. */
    public Conv2d(int outputs, Window window, Norm norm, Activation activation, Initializer kernel) {
        this(outputs, window, norm, activation, kernel, Filters.FREE, norm.biased());
    }

    /** The same without a bias. */
    public Conv2d withoutBias() {
        return new Conv2d(outputs, window, norm, activation, kernel, filters, false);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Checks.rank("conv2d", scope, x, 4, "[n, c, h, w]");
        Shape in = x.shape();
        if (in.size(1) % window.groups() != 0 || outputs % window.groups() != 0) {
            throw Checks.error(
                    "conv2d",
                    scope,
                    "channels divisible by " + window.groups() + " groups",
                    in.size(1) + " to " + outputs);
        }
        if (window.outputHeight(in.size(2)) < 1 || window.outputWidth(in.size(3)) < 1) {
            throw Checks.error(
                    "conv2d",
                    scope,
                    "a picture at least as large as the kernel " + window.kernelHeight() + "x" + window.kernelWidth(),
                    in);
        }
        Shape shape = Shape.of(outputs, in.size(1) / window.groups(), window.kernelHeight(), window.kernelWidth());
        Tensor w = scope.parameter("kernel", shape, kernel, Parameter.Role.KERNEL);
        Tensor y = filters.convolve(x, w, window, scope); // [n, outputs, oh, ow]
        if (biased) {
            Tensor bias = scope.parameter("bias", Shape.of(outputs), Initializers.ZEROS, Parameter.Role.BIAS);
            y = y.add(bias.reshape(1, outputs, 1, 1));
        }
        return activation.of(norm.apply(y, scope));
    }
}
