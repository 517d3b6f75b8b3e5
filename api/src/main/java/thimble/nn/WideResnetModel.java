package thimble.nn;

import thimble.tensor.Shape;
import thimble.tensor.Window;

/**
 * Wide residual network: a convolution of 16 channels, three stages of (depth − 4) / 6 pre-activation blocks with 16 k,
 * 32 k and 64 k channels for width k, normalisation and relu, global average, output.
 *
 * <p>S. Zagoruyko and N. Komodakis, "Wide Residual Networks", BMVC 2016, table 1, without dropout inside the blocks.
 *
 * @param depth convolutions in all, 6 b + 4 for b ≥ 1 blocks per stage
 * @param width factor k ≥ 1 of the channels
 * @param conv kind of the convolutions
 */
public record WideResnetModel(int depth, int width, Convolution conv) implements Architecture {
    private static final int STAGES = 3;
    private static final int CHANNELS = 16;

    /** Depth 16, width 8, as on small sets of pictures. */
    public WideResnetModel() {
        this(16, 8, Convolution.PLAIN);
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if there are no whole blocks or no channels
     */
    public WideResnetModel {
        if (depth < 10 || (depth - 4) % 6 != 0) {
            throw new IllegalArgumentException(
                    "[wide-resnet] expected depth 6 b + 4, such as 10, 16, 22, 28, but received " + depth);
        }
        Checks.positive("wide-resnet", "width", width);
    }

    @Override
    public String name() {
        return "wide-resnet";
    }

    @Override
    public String summary() {
        return "wide residual network, WRN-depth-width; fits pictures";
    }

    @Override
    public String source() {
        return "Zagoruyko, Komodakis: BMVC 2016";
    }

    @Override
    public Layer build(Shape example, int outputs) {
        Shapes.pictures(name(), example);
        Conv2d first = conv.layer(
                CHANNELS, Window.of(3, 3).padding(1), Norm.NONE, Activation.IDENTITY, Initializers.HE_NORMAL, true);
        Sequential layers = Sequential.of().then("conv1", first.withoutBias());
        int blocks = (depth - 4) / 6;
        for (int stage = 0; stage < STAGES; stage++) {
            for (int block = 0; block < blocks; block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                layers = layers.then(
                        "block" + (stage * blocks + block + 1),
                        new PreActivation((CHANNELS << stage) * width, stride, conv));
            }
        }
        return layers.then("norm", new BatchNorm())
                .then("relu", Activation.RELU)
                .then("average", new GlobalAverage())
                .then("out", new Linear(outputs));
    }
}
