package thimble.nn;

import thimble.tensor.Shape;
import thimble.tensor.Window;

/**
 * Convolution 20 of 5 x 5, pooling 2, convolution 50 of 5 x 5, pooling 2, fully connected 500, output: the LeNet of the
 * Caffe library, with relu after the convolutions too. Pictures smaller than 16 x 16 are padded by 2 before each
 * convolution.
 *
 * <p>Y. LeCun et al., "Gradient-based learning applied to document recognition", Proceedings of the IEEE 86, 1998, in
 * wider form.
 *
 * @param norm normalisation before each relu
 * @param conv kind of the convolutions
 * @param init first values of all kernels; harmonic ones have their own
 */
public record LenetModel(Norm norm, Convolution conv, InitialKernels init) implements Architecture {
    /** Without normalisation. */
    public LenetModel() {
        this(Norm.NONE, Convolution.PLAIN, InitialKernels.AUTO);
    }

    @Override
    public String name() {
        return "lenet";
    }

    @Override
    public String summary() {
        return "two convolutions of 20 and 50 channels, 500 hidden units; fits pictures";
    }

    @Override
    public Layer build(Shape example, int outputs) {
        Shapes.pictures(name(), example);
        Window window = Window.of(5, 5).padding(Shapes.padding(example));
        Initializer hidden = init.before(Activation.RELU);
        Initializer last = init.before(Activation.IDENTITY);
        return Sequential.of()
                .then("conv1", conv.layer(20, window, norm, Activation.RELU, hidden, true))
                .then("pool1", Pool2d.max(2))
                .then("conv2", conv.layer(50, window, norm, Activation.RELU, hidden, false))
                .then("pool2", Pool2d.max(2))
                .then("flatten", new Flatten())
                .then("fc1", new Linear(500, norm, Activation.RELU, hidden))
                .then("out", new Linear(outputs, Norm.NONE, Activation.IDENTITY, last));
    }
}
