package thimble.train;

import thimble.tensor.Tensor;

/**
 * One minus the cosine between output and target: 1 − ⟨t, f⟩ / (‖t‖ · √(‖f‖² + 1e-12)); in [0, 2] and blind to the
 * length of the output.
 *
 * <p>B. Barz and J. Denzler, "Deep Learning on Small Datasets without Pre-Training using Cosine Loss", WACV 2020,
 * equation 4. The constant keeps the derivative finite at 0. Scores are the softmax of the cosines, so they rank the
 * classes but are no calibrated probabilities.
 */
public record CosineLoss() implements Loss {
    private static final double SMALL = 1e-12;

    @Override
    public String name() {
        return "cosine";
    }

    @Override
    public String summary() {
        return "one minus the cosine between output and target";
    }

    @Override
    public Tensor perExample(Tensor output, Tensor target) {
        return unit(output).mul(unit(target)).sum(1).neg().add(1);
    }

    @Override
    public Tensor scores(Tensor output) {
        return unit(output).softmax();
    }

    private static Tensor unit(Tensor rows) {
        return rows.div(rows.square().sum(1).add(SMALL).sqrt());
    }
}
