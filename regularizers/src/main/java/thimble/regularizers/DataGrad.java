package thimble.regularizers;

import java.util.Optional;
import thimble.tensor.Tensor;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Penalises λ times the mean over the batch of ‖∂ℓᵢ/∂xᵢ‖², the squared gradient of an example's own loss ℓᵢ by its input: double
 * backpropagation. It fades once an example is fitted, and λ is tied to the scale of the input. Batch normalisation couples examples; the
 * penalty then sees the whole batch, or with frozen statistics each example alone.
 *
 * <p>H. Drucker and Y. LeCun, "Double Backpropagation Increasing Generalization Performance", IJCNN 1991: L + λ ‖∂L/∂x‖²; named DataGrad by
 * A. G. Ororbia II, D. Kifer and C. L. Giles, "Unifying Adversarial Training Algorithms with Data Gradient Regularization", Neural
 * Computation 29(4), 2017. Deviation: the gradient of each example's own loss is squared, so λ does not depend on the batch size. Where the
 * gradient of the batch mean is squared and summed, as in most code, Σᵢ ‖∂L̄/∂xᵢ‖² is 1/B of the mean here: that λ = B λ (20 at batch 50 is
 * 0.4 here). That published strengths are of that kind is our inference.
 *
 * @param lambda strength λ ≥ 0
 * @param statistics what batch normalisation does in the penalty
 */
public record DataGrad(double lambda, BatchStatistics statistics) implements Regularizer {
    /** λ = 0.4. */
    public DataGrad() {
        this(0.4);
    }

    /** A strength, on the batch's own statistics. */
    public DataGrad(double lambda) {
        this(lambda, BatchStatistics.BATCH);
    }

    /** Checks that λ is finite and not negative. */
    public DataGrad {
        Checks.atLeastZero("datagrad", "lambda", lambda);
    }

    @Override
    public String name() {
        return "datagrad";
    }

    @Override
    public String summary() {
        return "penalises the gradient of the loss by the input (double backpropagation)";
    }

    @Override
    public String source() {
        return "Drucker, LeCun: IJCNN 1991; Ororbia, Kifer, Giles: Neural Computation 29, 2017";
    }

    @Override
    public Optional<Tensor> penalty(StepTrace step) {
        Tensor g = losses(step).sum().gradient(step.input()); // [n, …] = ∂ℓᵢ/∂xᵢ; the sum keeps rows apart from n
        return Optional.of(g.square().sum().div(step.batch()).mul(step.value("lambda", lambda)));
    }

    private Tensor losses(StepTrace step) {
        return switch (statistics) {
            case BATCH -> step.lossPerExample();
            case FROZEN -> step.lossFunction().perExample(statistics.logits(step, name()), step.target()); // [n, 1]
        };
    }
}
