package thimble.regularizers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import thimble.nn.Tap;
import thimble.tensor.Tensor;
import thimble.train.StepTrace;

/**
 * The step's prediction when one of its values h [n, …] is disturbed. Random masks are those of the undisturbed pass, and so are the batch
 * statistics of normalisations after h, so that an example's prediction depends on its own disturbance alone.
 */
final class Disturbance {
    private static final double TINY = 1e-30; // keeps 0 / 0 away and is still a normal float

    private final StepTrace step;
    private final Tensor value;
    private final Tensor logP;

    /** Around the undisturbed prediction as a constant. */
    Disturbance(StepTrace step, String method, Tensor value) {
        Tensor z = step.logits(); // [n, k]
        if (z.shape().size(1) < 2) {
            throw new IllegalArgumentException(
                    "[" + method + "] expected at least 2 classes but received an output " + z.shape());
        }
        this.step = step;
        this.value = value;
        this.logP = z.logSoftmax().stopGradient();
    }

    /** Logits [n, k] with another value in place of h; statistics keep their gradients in the undisturbed pass. */
    Tensor logits(Tensor disturbed) {
        return logits(disturbed, statistic -> statistic);
    }

    /** The same with statistics as constants, so that no gradient reaches what lies below h. */
    Tensor logitsAlone(Tensor disturbed) {
        return logits(disturbed, Tensor::stopGradient);
    }

    private Tensor logits(Tensor disturbed, UnaryOperator<Tensor> statistic) {
        Map<Tensor, Tensor> replacements = new LinkedHashMap<>();
        for (Tap tap : step.taps(Tap.Kind.STATISTIC)) {
            replacements.put(tap.tensor(), statistic.apply(tap.tensor()));
        }
        replacements.put(value, disturbed);
        return step.logitsWith(replacements);
    }

    /** KL(p ‖ q) of each example [n, 1] from the undisturbed prediction p, which is constant, to logits. */
    Tensor divergence(Tensor z) {
        return logP.exp().mul(logP.sub(z.logSoftmax())).sum(1);
    }

    /** Euclidean length of h of each example, [n, 1, …], a constant. */
    Tensor length() {
        return length(value).stopGradient();
    }

    /** A random direction of length 1 for each example [n, …]. */
    Tensor random(String use) {
        return unit(step.normal(use, value.shape()));
    }

    /**
     * The direction of length 1 in which the divergence grows most, by power iteration: the gradient of the divergence at a small distance,
     * again and again; a constant.
     *
     * @param start first direction
     * @param distance length of the finite difference [n, 1, …]
     */
    Tensor worst(Tensor start, Tensor distance, int iterations) {
        Tensor direction = start;
        for (int i = 0; i < iterations; i++) {
            Tensor probe = distance.mul(direction);
            Tensor divergence =
                    divergence(logits(value.stopGradient().add(probe))).sum();
            direction = unit(divergence.gradient(probe)).stopGradient();
        }
        return direction;
    }

    /** r or −r for each example, whichever diverges more; a constant. */
    Tensor larger(Tensor r) {
        Tensor still = value.stopGradient();
        Tensor behind = divergence(logits(still.sub(r)));
        Tensor turned = divergence(logits(still.add(r))).less(behind); // [n, 1], 1 where −r is the larger
        Tensor sign = turned.mul(-2).add(1).reshape(length().shape());
        return r.mul(sign).stopGradient();
    }

    /** Euclidean norm of each example, [n, 1, …]. */
    private static Tensor length(Tensor h) {
        return h.square().sum(h.shape().axesFrom(1)).sqrt();
    }

    /** Each example at length 1; divided by its largest element first, because squares of small gradients vanish in float32. */
    private static Tensor unit(Tensor d) {
        Tensor largest = d.abs().max(d.shape().axesFrom(1)); // [n, 1, …]
        Tensor scaled = d.div(largest.max(Tensor.scalar(TINY)));
        return scaled.div(length(scaled).max(Tensor.scalar(TINY)));
    }
}
