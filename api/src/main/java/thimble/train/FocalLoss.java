package thimble.train;

import thimble.data.Targets;
import thimble.tensor.Tensor;

/**
 * Cross-entropy in which examples that are already right count less: −Σ_k target_k (1 − p_k)^γ log p_k with p = softmax(logits). γ = 0 is
 * cross-entropy.
 *
 * <p>T.-Y. Lin, P. Goyal, R. Girshick, K. He and P. Dollár, "Focal Loss for Dense Object Detection", ICCV 2017, equation 4. Deviations:
 * the softmax of several classes in place of one sigmoid per class, and no balancing factor α, since class weights do that; 1 − p is taken
 * as at least 1e-7, which keeps the derivative finite.
 *
 * @param gamma focus γ in [0, 100]; at 100 an example with p = ½ counts 1e-30
 */
public record FocalLoss(double gamma) implements Loss {
    private static final double LEAST = 1e-7;
    private static final int MOST = 100;

    /** γ = 2. */
    public FocalLoss() {
        this(2);
    }

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if γ is not in [0, 100]
     */
    public FocalLoss {
        if (!(gamma >= 0 && gamma <= MOST)) {
            throw new IllegalArgumentException("[focal] expected gamma in [0, " + MOST + "] but received " + gamma);
        }
    }

    @Override
    public String name() {
        return "focal";
    }

    @Override
    public String summary() {
        return "log loss that counts well predicted examples less";
    }

    @Override
    public String source() {
        return "Lin, Goyal, Girshick, He, Dollár: ICCV 2017";
    }

    @Override
    public void check(Targets targets) {
        ClassTargets.check(this, targets);
    }

    @Override
    public Tensor perExample(Tensor output, Tensor target) {
        Tensor logP = output.logSoftmax(); // [n, k]
        if (gamma == 0) {
            return target.mul(logP).sum(1).neg();
        }
        Tensor missing = logP.exp().neg().add(1).max(Tensor.scalar(LEAST));
        Tensor focus = missing.log().mul(gamma).exp(); // (1 − p)^γ
        return target.mul(focus).mul(logP).sum(1).neg();
    }

    @Override
    public Tensor scores(Tensor output) {
        return output.softmax();
    }
}
