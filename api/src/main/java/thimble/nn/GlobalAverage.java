package thimble.nn;

import thimble.tensor.Tensor;

/** Mean over all positions of a picture: [n, c, h, w] to [n, c]. */
public record GlobalAverage() implements Layer {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Checks.rank("global-average", scope, x, 4, "[n, c, h, w]");
        return x.mean(x.shape().axesFrom(2)).flatten();
    }
}
