package thimble.nn;

import thimble.tensor.Tensor;

/**
 * A place in a model where methods can look or change.
 *
 * @param name path of the layer, as in {@code pool1} or {@code block1.bn2.mean}
 * @param tensor the value there
 * @param kind what it is
 */
public record Tap(String name, Tensor tensor, Kind kind) {
    /** What a tapped value is. */
    public enum Kind {
        /** Output of a hidden stage that is a picture [n, c, h, w] or a sequence, after activation and pooling. */
        MAP,
        /** Output of a hidden fully connected stage [n, f], after activation. */
        HIDDEN,
        /** Any other layer's output. */
        INNER,
        /** Batch mean or variance of a normalisation. */
        STATISTIC,
        /** The model's output. */
        OUTPUT
    }
}
