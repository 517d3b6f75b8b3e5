package thimble.nn;

import thimble.tensor.Shape;
import thimble.tensor.Window;

/**
 * The residual networks for small pictures: a 3 x 3 convolution, three stages of 16, 32 and 64 channels, global
 * average, output.
 */
final class ResidualStages {
    private ResidualStages() {}

    static Layer build(String name, int blocks, Norm norm, Convolution conv, Shape example, int outputs) {
        Shapes.pictures(name, example);
        Sequential layers = Sequential.of().then("conv1", convolution(conv, 16, 1, norm, Activation.RELU, true));
        int channels = 16;
        for (int stage = 0; stage < 3; stage++) {
            for (int block = 0; block < blocks; block++) {
                int width = 16 << stage;
                int stride = stage > 0 && block == 0 ? 2 : 1;
                Sequential body = Sequential.of()
                        .then("conv1", convolution(conv, width, stride, norm, Activation.RELU, false))
                        .then("conv2", convolution(conv, width, 1, norm, Activation.IDENTITY, false));
                Layer shortcut = width == channels
                        ? Activation.IDENTITY
                        : new Conv2d(width, Window.of(1, 1).stride(stride), norm, Activation.IDENTITY);
                layers = layers.then(
                        "block" + (stage * blocks + block + 1), new Residual(body, shortcut, Activation.RELU));
                channels = width;
            }
        }
        return layers.then("average", new GlobalAverage()).then("out", new Linear(outputs));
    }

    private static Conv2d convolution(
            Convolution conv, int outputs, int stride, Norm norm, Activation activation, boolean first) {
        Window window = Window.of(3, 3).padding(1).stride(stride);
        return conv.layer(outputs, window, norm, activation, Initializers.HE_NORMAL, first);
    }
}
