package thimble.regularizers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thimble.tensor.Key;
import thimble.tensor.Op;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Two passes with masks of their own are to be right and to agree: ½ (ℓ₁ + ℓ₂) + α · ½ (KL(p₁ ‖ p₂) + KL(p₂ ‖ p₁)) in place of ℓ₁. Everything
 * random in the forward pass is drawn a second time: masks of dropout and dropconnect, noise at the input and at layers. Running statistics see
 * the first pass alone.
 *
 * <p>X. Liang, L. Wu, J. Li, Y. Wang, Q. Meng, T. Qin, W. Chen, M. Zhang and T.-Y. Liu, "R-Drop: Regularized Dropout for Neural Networks",
 * NeurIPS 2021, and their code. Deviation: the mean of both losses, so that the scale stays that of one pass; α = 0 is plain training
 * with one pass.
 *
 * @param alpha weight α ≥ 0 of the disagreement
 */
public record RDrop(double alpha) implements Regularizer {
    private static final long SECOND = Key.stream("r-drop/second");

    /** α = 1. */
    public RDrop() {
        this(1);
    }

    /** Checks that α is finite and not negative. */
    public RDrop {
        Checks.atLeastZero("r-drop", "alpha", alpha);
    }

    @Override
    public String name() {
        return "r-drop";
    }

    @Override
    public String summary() {
        return "makes two passes with different dropout masks agree";
    }

    @Override
    public String source() {
        return "Liang et al.: NeurIPS 2021";
    }

    @Override
    public Optional<Tensor> penalty(StepTrace step) {
        Tensor z = step.logits(); // [n, k]
        if (z.shape().size(1) < 2) {
            throw new IllegalArgumentException(
                    "[r-drop] expected at least 2 classes but received an output " + z.shape());
        }
        Map<Tensor, Tensor> others = new LinkedHashMap<>();
        for (Tensor tensor : Tensor.topological(List.of(z))) {
            if (tensor.op() instanceof Op.Random(long stream, var shape, int axis)) {
                others.put(tensor, Tensor.of(new Op.Random(stream ^ SECOND, shape, axis), tensor.inputs()));
            }
        }
        if (others.isEmpty()) {
            throw new IllegalArgumentException(
                    "[r-drop] expected a random forward pass; put dropout or another noise before it, as in"
                            + " dropout+r-drop");
        }
        if (alpha == 0) {
            return Optional.empty();
        }
        Tensor second = step.logitsWith(others); // [n, k]
        Tensor logP = z.logSoftmax();
        Tensor logQ = second.logSoftmax();
        Tensor both = logP.exp().sub(logQ.exp()).mul(logP.sub(logQ)).sum(1); // [n, 1], sum of both divergences
        Tensor change = step.lossFunction().perExample(second, step.target()).sub(step.lossPerExample());
        Tensor added = change.add(both.mul(step.value("alpha", alpha))).mul(0.5); // [n, 1]
        return Optional.of(added.mul(step.weight()).sum().div(step.weight().sum()));
    }
}
