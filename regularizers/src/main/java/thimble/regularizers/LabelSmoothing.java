package thimble.regularizers;

import thimble.tensor.Tensor;
import thimble.train.ForwardHooks;
import thimble.train.Regularizer;

/**
 * Mixes the target with the uniform distribution over the K classes, q = (1 − ε) y + ε / K, in training. The gradient of cross-entropy by the
 * logits becomes p − q, and its least value the entropy of q.
 *
 * <p>C. Szegedy, V. Vanhoucke, S. Ioffe, J. Shlens and Z. Wojna, "Rethinking the Inception Architecture for Computer Vision", CVPR 2016,
 * section 7, with the uniform prior. Deviation: none.
 *
 * @param epsilon share ε in [0, 1) of the uniform distribution
 */
public record LabelSmoothing(double epsilon) implements Regularizer {
    /** ε = 0.1. */
    public LabelSmoothing() {
        this(0.1);
    }

    /** Checks that ε is in [0, 1). */
    public LabelSmoothing {
        Checks.belowOne("label-smoothing", "epsilon", epsilon);
    }

    @Override
    public String name() {
        return "label-smoothing";
    }

    @Override
    public String summary() {
        return "mixes the target with the uniform distribution";
    }

    @Override
    public String source() {
        return "Szegedy, Vanhoucke, Ioffe, Shlens, Wojna: CVPR 2016";
    }

    @Override
    public void forward(ForwardHooks hooks) {
        Tensor share = hooks.value("epsilon", epsilon);
        hooks.target(y -> {
            int classes = y.shape().size(1);
            if (classes < 2) {
                throw new IllegalArgumentException(
                        "[label-smoothing] expected one target column per class, at least 2, but received "
                                + y.shape());
            }
            return y.mul(share.neg().add(1)).add(share.div(classes)); // [n, k]
        });
    }
}
