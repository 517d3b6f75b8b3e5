package thimble.regularizers;

import java.util.stream.IntStream;
import thimble.tensor.Tensor;
import thimble.train.StepTrace;

/**
 * How ‖J‖²_F, the squared Frobenius norm of the Jacobian J [m, …] of an example's logits z [m] by its input, is measured. A random r with
 * E r rᵀ = I gives it without bias, E‖rᵀJ‖² = ‖J‖²_F, by one gradient for the whole batch; each example draws its own r. The variance of one
 * draw, with A = J Jᵀ, is 2 (tr A² − Σ Aᵢᵢ²) of Rademacher's signs, 2m/(m + 2) · (tr A² − (tr A)²/m) of the sphere and 2 tr A² of the normal
 * distribution.
 */
public enum Projection {
    /** Independent −1 or 1. */
    RADEMACHER,
    /** Uniform on the sphere of radius √m. */
    SPHERE,
    /** Standard normal. */
    GAUSSIAN,
    /** No projection: each of the m logits is differentiated, which costs m gradients and has no variance. */
    EXACT;

    /**
     * The mean over the batch of ‖J‖²_F, rank 0.
     *
     * @param z logits [n, m]
     * @param use name of the random numbers
     * @param draws projections to average; not read if exact
     */
    Tensor meanSquaredNorm(StepTrace step, Tensor z, String use, int draws) {
        int m = z.shape().size(1);
        int terms = this == EXACT ? m : draws;
        Tensor sum = IntStream.range(0, terms)
                .mapToObj(i -> direction(step, z, use, i))
                .map(combined -> combined.sum().gradient(step.input())) // [n, …] = rᵀ ∂z/∂x, one row per example
                .map(rJ -> rJ.square().sum())
                .reduce(Tensor::add)
                .orElseThrow();
        Tensor mean = sum.div(step.batch());
        return this == EXACT || draws == 1 ? mean : mean.div(draws);
    }

    /** What is differentiated: r · z of each example. */
    private Tensor direction(StepTrace step, Tensor z, String use, int index) {
        String name = index == 0 ? use : use + "/" + (index + 1);
        return switch (this) {
            case RADEMACHER -> step.signs(name, z.shape()).mul(z);
            case GAUSSIAN -> step.normal(name, z.shape()).mul(z);
            case SPHERE -> {
                Tensor r = step.normal(name, z.shape()); // [n, m]
                Tensor scale = r.square().sumPerExample().sqrt();
                yield r.mul(Math.sqrt(z.shape().size(1))).div(scale).mul(z);
            }
            case EXACT -> z.slice(1, index, index + 1);
        };
    }
}
