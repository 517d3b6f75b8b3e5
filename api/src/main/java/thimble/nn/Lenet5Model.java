package thimble.nn;

import thimble.tensor.Shape;
import thimble.tensor.Window;

/**
 * Convolution 6 of 5 x 5, pooling 2, convolution 16 of 5 x 5, pooling 2, fully connected 120 and 84, output, with relu
 * and largest-element pooling. Pictures smaller than 16 x 16 are padded by 2 before each convolution.
 *
 * <p>Y. LeCun et al., "Gradient-based learning applied to document recognition", Proceedings of the IEEE 86, 1998,
 * figure 2; without the padding of the picture and the sparse connections.
 *
 * @param norm normalisation before each relu
 * @param conv kind of the convolutions
 * @param init first values of all kernels; harmonic ones have their own
 */
public record Lenet5Model(Norm norm, Convolution conv, InitialKernels init) implements Architecture {
    /** Without normalisation. */
    public Lenet5Model() {
        this(Norm.NONE, Convolution.PLAIN, InitialKernels.AUTO);
    }

    @Override
    public String name() {
        return "lenet5";
    }

    @Override
    public String summary() {
        return "LeNet-5: two convolutions of 6 and 16 channels, 120 and 84 hidden units; fits pictures";
    }

    @Override
    public Layer build(Shape example, int outputs) {
        Shapes.pictures(name(), example);
        Window window = Window.of(5, 5).padding(Shapes.padding(example));
        Initializer hidden = init.before(Activation.RELU);
        Initializer last = init.before(Activation.IDENTITY);
        return Sequential.of()
                .then("conv1", conv.layer(6, window, norm, Activation.RELU, hidden, true))
                .then("pool1", Pool2d.max(2))
                .then("conv2", conv.layer(16, window, norm, Activation.RELU, hidden, false))
                .then("pool2", Pool2d.max(2))
                .then("flatten", new Flatten())
                .then("fc1", new Linear(120, norm, Activation.RELU, hidden))
                .then("fc2", new Linear(84, norm, Activation.RELU, hidden))
                .then("out", new Linear(outputs, Norm.NONE, Activation.IDENTITY, last));
    }
}
