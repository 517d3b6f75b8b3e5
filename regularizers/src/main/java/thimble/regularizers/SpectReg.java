package thimble.regularizers;

import java.util.Optional;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Penalises λ times the mean over the batch of ‖J‖²_F, the squared Frobenius norm of the Jacobian J = ∂z/∂x of an example's logits z [m] by
 * its input x. Random projections r, each example's own in each step, estimate it without bias: E‖rᵀJ‖² = ‖J‖²_F when E r rᵀ = I. Signs have
 * the smallest variance; all projections share the scale of λ, which is tied to that of the input (x / s multiplies the penalty by s²). Batch
 * normalisation couples examples; the penalty then sees the whole batch, or with frozen statistics each example alone.
 *
 * <p>D. Varga, A. Csiszárik and Z. Zombori, "Gradient Regularization Improves Accuracy of Discriminative Models", arXiv:1712.09936, 2017,
 * SpectReg. Deviations: the paper's factor 1/√m before r makes the estimate ‖J‖²/m; it is left out unless {@code scale} asks for it, so that a
 * λ of that kind is m times ours. That the published strengths belong to the gradient of a batch's mean loss, so that 0.03 at batch 50 is
 * 0.03 / 50 = 6e-4 here, is our inference. Signs by default, the paper's Gaussian as an option. The convention of J. Hoffman, D. A. Roberts and S. Yaida, "Robust Learning with
 * Jacobian Regularization", 2019, has a ½: their λ is 2 λ; {@link Jacobian} is that method.
 *
 * @param lambda strength λ ≥ 0
 * @param projection how the norm is measured
 * @param projections how many random projections are averaged, at least 1
 * @param scale what λ multiplies
 * @param statistics what batch normalisation does in the penalty
 */
public record SpectReg(double lambda, Projection projection, int projections, Scale scale, BatchStatistics statistics)
        implements Regularizer {
    /** What λ multiplies. */
    public enum Scale {
        /** The mean of ‖J‖²_F. */
        UNIT,
        /** The mean of ‖J‖²_F / m, as printed in the paper. */
        PUBLISHED
    }

    /** λ = 5e-4 with signs. */
    public SpectReg() {
        this(5e-4);
    }

    /** A strength, with signs. */
    public SpectReg(double lambda) {
        this(lambda, Projection.RADEMACHER);
    }

    /** A strength and a projection, drawn once per example and step. */
    public SpectReg(double lambda, Projection projection) {
        this(lambda, projection, 1, Scale.UNIT, BatchStatistics.BATCH);
    }

    /** Checks that λ is finite and not negative, and that there is a projection. */
    public SpectReg {
        Checks.atLeastZero("spectreg", "lambda", lambda);
        Checks.atLeastOne("spectreg", "projections", projections);
    }

    @Override
    public String name() {
        return "spectreg";
    }

    @Override
    public String summary() {
        return "penalises the Jacobian of the logits by the input";
    }

    @Override
    public String source() {
        return "Varga, Csiszárik, Zombori: arXiv:1712.09936, 2017";
    }

    @Override
    public Optional<Tensor> penalty(StepTrace step) {
        Tensor z = statistics.logits(step, name()); // [n, m]
        Tensor norm = projection.meanSquaredNorm(step, z, name(), projections);
        Tensor scaled = scale == Scale.UNIT ? norm : norm.div(z.shape().size(1));
        return Optional.of(scaled.mul(step.value("lambda", lambda)));
    }
}
