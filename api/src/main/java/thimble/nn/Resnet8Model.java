package thimble.nn;

import thimble.tensor.Shape;

/**
 * Residual network with 8 weighted layers: a convolution, three stages of 1 residual block of two 3 x 3 convolutions
 * with 16, 32 and 64 channels, global average, output. Where the size changes, the shortcut is a 1 x 1 convolution.
 *
 * <p>K. He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, section 4.2, with shortcuts of option B.
 *
 * @param norm normalisation in convolutions
 * @param conv kind of the convolutions
 */
public record Resnet8Model(Norm norm, Convolution conv) implements Architecture {
    /** With batch normalisation. */
    public Resnet8Model() {
        this(Norm.BATCH, Convolution.PLAIN);
    }

    @Override
    public String name() {
        return "resnet8";
    }

    @Override
    public String summary() {
        return "residual network of 8 layers; fits pictures";
    }

    @Override
    public String source() {
        return "He, Zhang, Ren, Sun: CVPR 2016";
    }

    @Override
    public Layer build(Shape example, int outputs) {
        return ResidualStages.build(name(), 1, norm, conv, example, outputs);
    }
}
