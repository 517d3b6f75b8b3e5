package thimble.train;

import thimble.tensor.Tensor;

/**
 * Mean over outputs of the squared difference, without ½.
 *
 * <p>C. F. Gauss, "Theoria combinationis observationum erroribus minimis obnoxiae", 1823. Deviation: the mean over outputs in place of the
 * sum.
 */
public record MeanSquaredError() implements Loss {
    @Override
    public String name() {
        return "mean-squared-error";
    }

    @Override
    public String summary() {
        return "squared difference to the target numbers";
    }

    @Override
    public String source() {
        return "Gauss: Theoria Combinationis, 1823";
    }

    @Override
    public Tensor perExample(Tensor output, Tensor target) {
        return output.sub(target).square().sum(1).div(output.shape().size(1));
    }

    @Override
    public Tensor scores(Tensor output) {
        return output;
    }
}
