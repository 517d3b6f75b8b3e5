package thimble.regularizers;

import java.util.Optional;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Penalises λ/2 times the mean over the batch of ‖J‖²_F, the squared Frobenius norm of the Jacobian J = ∂z/∂x of an example's logits z [m]
 * by its input x: with v uniform on the unit sphere, (λ/2) · m/(p B) · Σ ‖vᵀJ‖² over p projections of each of the B examples, or exactly, logit
 * by logit. λ is tied to the scale of the input. Batch normalisation couples examples; the penalty then sees the whole batch, or with frozen
 * statistics each example alone.
 *
 * <p>J. Hoffman, D. A. Roberts and S. Yaida, "Robust Learning with Jacobian Regularization", arXiv:1908.02729, 2019, and
 * their code (λ = 0.01, one projection, −1 for the exact norm). Deviation: none with {@code statistics=batch}.
 *
 * @param lambda strength λ ≥ 0
 * @param projections random projections per example and step, or −1 for the exact norm
 * @param statistics what batch normalisation does in the penalty
 */
public record Jacobian(double lambda, int projections, BatchStatistics statistics) implements Regularizer {
    private static final int EXACT = -1;

    /** λ = 0.01 with one projection. */
    public Jacobian() {
        this(0.01, 1);
    }

    /** A strength and a number of projections, on the batch's own statistics. */
    public Jacobian(double lambda, int projections) {
        this(lambda, projections, BatchStatistics.BATCH);
    }

    /** Checks the ranges. */
    public Jacobian {
        Checks.atLeastZero("jacobian", "lambda", lambda);
        if (projections != EXACT && projections < 1) {
            throw new IllegalArgumentException(
                    "[jacobian] expected projections >= 1, or -1 for the exact norm, but received " + projections);
        }
    }

    @Override
    public String name() {
        return "jacobian";
    }

    @Override
    public String summary() {
        return "penalises half the Jacobian of the logits by the input, by projections on the sphere";
    }

    @Override
    public String source() {
        return "Hoffman, Roberts, Yaida: arXiv:1908.02729, 2019";
    }

    @Override
    public Optional<Tensor> penalty(StepTrace step) {
        Tensor z = statistics.logits(step, name()); // [n, m]
        Projection how = projections == EXACT ? Projection.EXACT : Projection.SPHERE;
        Tensor norm = how.meanSquaredNorm(step, z, name(), projections);
        return Optional.of(norm.mul(0.5).mul(step.value("lambda", lambda)));
    }
}
