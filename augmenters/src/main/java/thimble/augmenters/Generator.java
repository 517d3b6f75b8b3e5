package thimble.augmenters;

import thimble.nn.Activation;
import thimble.nn.ConvTranspose2d;
import thimble.nn.Layer;
import thimble.nn.Linear;
import thimble.nn.Norm;
import thimble.nn.Scope;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/**
 * Pictures from latent numbers and a class: [n, latent + k] to [n, c, h, w] with pixels in (0, 1). A fully connected layer makes
 * 2 {@code width} small maps of a quarter of the size, two transposed convolutions double them, what is too large is cut off.
 *
 * @param picture shape [c, h, w] of one picture
 * @param width channels before the last layer
 */
record Generator(Shape picture, int width) implements Layer {
    private static final Window DOUBLE = Window.of(4, 4).stride(2).padding(1);

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        int height = Math.ceilDiv(picture.size(1), 4);
        int breadth = Math.ceilDiv(picture.size(2), 4);
        Layer start = new Linear(2 * width * height * breadth, Norm.BATCH, Activation.RELU);
        Layer middle = new ConvTranspose2d(width, DOUBLE, Norm.BATCH, Activation.RELU);
        Layer end = new ConvTranspose2d(picture.size(0), DOUBLE, Norm.NONE, Activation.SIGMOID);
        Tensor maps = start.apply(x, scope.child("start")).reshape(x.shape().size(0), 2 * width, height, breadth);
        Tensor doubled = middle.apply(maps, scope.child("middle")); // [n, width, 2 · height, 2 · breadth]
        Tensor pictures = end.apply(doubled, scope.child("end")); // [n, c, 4 · height, 4 · breadth]
        return pictures.slice(2, 0, picture.size(1)).slice(3, 0, picture.size(2));
    }
}
