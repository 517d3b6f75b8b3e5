package thimble.nn;

import thimble.tensor.Shape;
import thimble.tensor.Window;

/**
 * The residual networks for small pictures: a 3 x 3 convolution, three stages of 16, 32 and 64 channels, global
 * average, output.
 */
final class ResidualStages {
    private ResidualStages() {}

    static Layer build(String name, int blocks, Norm norm, Shape example, int outputs) {
        Shapes.pictures(name, example);
        Sequential layers = Sequential.of().then("conv1", convolution(16, 1, norm, Activation.RELU));
        int channels = 16;
        for (int stage = 0; stage < 3; stage++) {
            for (int block = 0; block < blocks; block++) {
                int width = 16 << stage;
                int stride = stage > 0 && block == 0 ? 2 : 1;
                Sequential body = Sequential.of()
                        .then("conv1", convolution(width, stride, norm, Activation.RELU))
                        .then("conv2", convolution(width, 1, norm, Activation.IDENTITY));
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

    private static Conv2d convolution(int outputs, int stride, Norm norm, Activation activation) {
        return new Conv2d(outputs, Window.of(3, 3).padding(1).stride(stride), norm, activation, Initializers.HE_NORMAL);
    }
}
