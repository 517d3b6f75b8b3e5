package thimble.regularizers;

import java.util.Optional;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Penalises λ times the mean over the batch of ‖J‖²_F, the squared Frobenius norm of the Jacobian J = ∂z/∂x of an example's logits z [m] by
 * its input x. One random projection r per example and step estimates it without bias: E‖rᵀJ‖² = ‖J‖²_F when E r rᵀ = I. Signs have the
 * smallest variance; all projections share the scale of λ, which is tied to that of the input (x / s multiplies the penalty by s²). Batch
 * normalisation couples examples; the penalty then sees the whole batch.
 *
 * <p>D. Varga, A. Csiszárik and Z. Zombori, "Gradient Regularization Improves Accuracy of Discriminative Models", arXiv:1712.09936, 2017,
 * SpectReg. Deviations: the paper's factor 1/√m before r makes the estimate ‖J‖²/m and is left out, so λ here = λ of that text / m, and
 * 1/(batch m) of it where the loss was differentiated as a batch mean (0.03 at batch 50 ≈ 6e-4 here); signs by default, the paper's Gaussian
 * as an option. The convention of J. Hoffman, D. A. Roberts and S. Yaida, "Robust Learning with Jacobian Regularization", 2019, has a ½:
 * their λ is 2 λ.
 *
 * @param lambda strength λ ≥ 0
 * @param projection distribution of r
 */
public record SpectReg(double lambda, Projection projection) implements Regularizer {
    /** Distribution of the random projection. */
    public enum Projection {
        /** Independent −1 or 1 (Rademacher). */
        SIGNS,
        /** Uniform on the sphere of radius √m. */
        SPHERE,
        /** Standard normal. */
        GAUSSIAN
    }

    /** λ = 5e-4 with signs. */
    public SpectReg() {
        this(5e-4);
    }

    /** A strength, with signs. */
    public SpectReg(double lambda) {
        this(lambda, Projection.SIGNS);
    }

    /** Checks that λ is finite and not negative. */
    public SpectReg {
        Checks.atLeastZero("spectreg", "lambda", lambda);
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
    public Optional<Tensor> penalty(StepTrace step) {
        Tensor z = step.logits(); // [n, m]
        Tensor rJ = projection(step, z).mul(z).sum().gradient(step.input()); // [n, …] = rᵀ ∂z/∂x, one row per example
        return Optional.of(rJ.square().sum().div(step.batch()).mul(step.value("lambda", lambda)));
    }

    private Tensor projection(StepTrace step, Tensor z) {
        return switch (projection) {
            case SIGNS -> step.signs("spectreg", z.shape());
            case GAUSSIAN -> step.normal("spectreg", z.shape());
            case SPHERE -> {
                Tensor r = step.normal("spectreg", z.shape()); // [n, m]
                yield r.mul(Math.sqrt(z.shape().size(1)))
                        .div(r.square().sumPerExample().sqrt());
            }
        };
    }
}
