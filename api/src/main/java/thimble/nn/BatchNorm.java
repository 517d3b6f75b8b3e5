package thimble.nn;

import java.util.List;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * Batch normalisation of each feature: (x − mean) / √(variance + epsilon) · scale + shift, for [n, f], [n, c, h, w] or
 * [n, t, f]. Training uses mean and biased variance of the batch, in which each example counts by its weight, and moves
 * the running mean and the running unbiased variance by {@code momentum}; evaluation uses the running ones. The taps
 * {@code mean} and {@code variance} [1, …] let a penalty freeze the statistics. Examples of one batch influence each
 * other, so gradient penalties see the batch.
 *
 * <p>S. Ioffe and C. Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate
 * Shift", ICML 2015, algorithm 1.
 *
 * @param momentum share of the batch in the running statistics, in (0, 1]
 * @param epsilon added to the variance, above 0
 * @param affine whether scale and shift are trained; else they are 1 and 0
 */
public record BatchNorm(double momentum, double epsilon, boolean affine) implements Layer {
    /** With the usual numbers, without scale and shift. */
    static final BatchNorm PLAIN = new BatchNorm(0.1, 1e-5, false);

    /** Momentum 0.1, epsilon 1e-5. */
    public BatchNorm() {
        this(0.1, 1e-5);
    }

    /** With scale and shift. */
    public BatchNorm(double momentum, double epsilon) {
        this(momentum, epsilon, true);
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if momentum is not in (0, 1] or epsilon not above 0
     */
    public BatchNorm {
        if (!(momentum > 0 && momentum <= 1 && epsilon > 0)) {
            throw new IllegalArgumentException("[batch-norm] expected momentum in (0, 1] and epsilon > 0 but received "
                    + momentum + " and " + epsilon);
        }
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Shape in = x.shape();
        int axis = in.rank() == 4 ? 1 : in.rank() - 1;
        if (in.rank() < 2 || in.rank() > 4) {
            throw Checks.error("batch-norm", scope, "an input [n, f], [n, t, f] or [n, c, h, w]", in);
        }
        Shape feature = Shape.of(in.size(axis));
        Shape row = in.withOnes(in.axesFrom(0)).with(axis, in.size(axis)); // one number per feature
        Tensor mean = scope.buffer("mean", feature, Initializers.ZEROS);
        Tensor variance = scope.buffer("variance", feature, Initializers.ONES);
        Tensor centre = mean.reshape(row);
        Tensor spread = variance.reshape(row);
        if (scope.training()) {
            List<Integer> axes = in.axesFrom(0).stream().filter(a -> a != axis).toList();
            Tensor weight = scope.weight().reshape(in.withOnes(in.axesFrom(1))); // [n, 1, …]
            double positions = (double) in.elements() / in.size(0) / in.size(axis);
            Tensor count = scope.weight().sum().mul(positions); // numbers per feature
            centre = scope.child("mean").tap(x.mul(weight).sum(axes).div(count), Tap.Kind.STATISTIC);
            Tensor squares = x.sub(centre).square().mul(weight).sum(axes);
            spread = scope.child("variance").tap(squares.div(count), Tap.Kind.STATISTIC);
            scope.average(mean, centre.reshape(feature), momentum);
            Tensor unbiased = spread.mul(count.div(count.sub(Tensor.scalar(1)).max(Tensor.scalar(1))));
            scope.average(variance, unbiased.reshape(feature), momentum);
        }
        Tensor even = x.sub(centre).div(spread.add(epsilon).sqrt());
        if (!affine) {
            return even;
        }
        Tensor scale = scope.parameter("scale", feature, Initializers.ONES, Parameter.Role.NORM);
        Tensor shift = scope.parameter("shift", feature, Initializers.ZEROS, Parameter.Role.NORM);
        return even.mul(scale.reshape(row)).add(shift.reshape(row));
    }
}
