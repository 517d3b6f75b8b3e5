package thimble.nn;

import java.util.List;
import thimble.tensor.Shape;
import thimble.tensor.Window;

/**
 * Convolutions of 5 x 5, each with relu and largest-element pooling by 2, then fully connected layers and a linear output; 20 and 50 channels
 * and 500 hidden units are the LeNet of the Caffe library, with relu after the convolutions too. Pictures smaller than 16 x 16 are padded by 2
 * before each convolution.
 *
 * <p>Y. LeCun et al., "Gradient-based learning applied to document recognition", Proceedings of the IEEE 86, 1998, in
 * wider form.
 *
 * @param channels channels of the convolutions, joined by {@code -}
 * @param hidden widths of the hidden fully connected layers, joined by {@code -}
 * @param norm normalisation before each relu
 * @param conv kind of the convolutions
 * @param init first values of all kernels; harmonic ones have their own
 */
public record LenetModel(String channels, String hidden, Norm norm, Convolution conv, InitialKernels init)
        implements Architecture {
    /** 20 and 50 channels, 500 hidden units, without normalisation. */
    public LenetModel() {
        this("20-50", "500", Norm.NONE, Convolution.PLAIN, InitialKernels.AUTO);
    }

    /**
     * Checks the widths.
     *
     * @throws IllegalArgumentException if they cannot be read
     */
    public LenetModel {
        Widths.parse("lenet", "channels", channels);
        Widths.parse("lenet", "hidden", hidden);
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
    public String source() {
        return "LeCun, Bottou, Bengio, Haffner: Proceedings of the IEEE 86, 1998";
    }

    @Override
    public Layer build(Shape example, int outputs) {
        Shapes.pictures(name(), example);
        Window window = Window.of(5, 5).padding(Shapes.padding(example));
        Initializer kernel = init.before(Activation.RELU);
        Sequential layers = Sequential.of();
        List<Integer> maps = Widths.parse(name(), "channels", channels);
        for (int i = 1; i <= maps.size(); i++) {
            layers = layers.then("conv" + i, conv.layer(maps.get(i - 1), window, norm, Activation.RELU, kernel, i == 1))
                    .then("pool" + i, Pool2d.max(2));
        }
        layers = layers.then("flatten", new Flatten());
        List<Integer> units = Widths.parse(name(), "hidden", hidden);
        for (int i = 1; i <= units.size(); i++) {
            layers = layers.then("fc" + i, new Linear(units.get(i - 1), norm, Activation.RELU, kernel));
        }
        return layers.then(
                "out", new Linear(outputs, Norm.NONE, Activation.IDENTITY, init.before(Activation.IDENTITY)));
    }
}
