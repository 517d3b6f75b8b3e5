package thimble.nn;

import thimble.tensor.Shape;

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
    public String source() {
        return "LeCun, Bottou, Bengio, Haffner: Proceedings of the IEEE 86, 1998";
    }

    @Override
    public Layer build(Shape example, int outputs) {
        Shapes.pictures(name(), example);
        return new LenetModel("6-16", "120-84", norm, conv, init).build(example, outputs);
    }
}
