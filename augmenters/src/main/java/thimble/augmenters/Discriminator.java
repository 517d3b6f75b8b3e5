package thimble.augmenters;

import thimble.nn.Activation;
import thimble.nn.Conv2d;
import thimble.nn.Layer;
import thimble.nn.Linear;
import thimble.nn.Norm;
import thimble.nn.Scope;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/**
 * How real a picture looks: [n, c, h, w] to [n, 1 + k], the logit for any picture and what each class adds to it. Two convolutions with
 * stride 2; no batch normalisation, because real and generated pictures come in different batches.
 *
 * @param classes number of classes k
 * @param width channels after the first layer
 */
record Discriminator(int classes, int width) implements Layer {
    private static final Window HALVE = Window.of(4, 4).stride(2).padding(1);

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Tensor edges = new Conv2d(width, HALVE, Norm.NONE, Activation.LEAKY_RELU).apply(x, scope.child("first"));
        Tensor parts =
                new Conv2d(2 * width, HALVE, Norm.NONE, Activation.LEAKY_RELU).apply(edges, scope.child("second"));
        return new Linear(1 + classes).apply(parts.flatten(), scope.child("score"));
    }

    /** Logit [n, 1] of being real for pictures of given classes, from scores [n, 1 + k] and one-hot rows [n, k]. */
    static Tensor logit(Tensor scores, Tensor classes) {
        int width = scores.shape().size(1);
        return scores.slice(1, 0, 1).add(scores.slice(1, 1, width).mul(classes).sum(1));
    }
}
