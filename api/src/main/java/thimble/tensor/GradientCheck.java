package thimble.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * Compares derivatives of any order with central differences on the float64 reference, in one random direction per order: the derivative of
 * order k is that of x ↦ ⟨∇f_(k−1)(x), v_k⟩.
 */
public final class GradientCheck {
    /** Below this magnitude errors are absolute instead of relative. */
    private static final double SMALL = 1e-3;

    /** Steps that are tried; near a kink only a small one stays on its side, elsewhere a larger one has less rounding. */
    private static final double[] STEPS = {4e-3, 1e-3, 2.5e-4, 6e-5, 1.5e-5};

    /**
     * One order.
     *
     * @param order 1 for the gradient
     * @param derivative what the graph says
     * @param difference what differences of values say
     */
    public record Result(int order, double derivative, double difference) {
        /** |derivative − difference| relative to the larger of both. */
        public double error() {
            return Math.abs(derivative - difference)
                    / Math.max(SMALL, Math.max(Math.abs(derivative), Math.abs(difference)));
        }
    }

    private GradientCheck() {}

    /**
     * Checks orders 1 to {@code orders}. The values of the leaves are those of the reference, which has them again at the end.
     *
     * @param scalar one element
     * @param leaves inputs and variables to differentiate by, FLOAT32
     * @param values all inputs and variables of the graph
     * @param orders at least 1
     */
    public static List<Result> orders(Tensor scalar, List<Tensor> leaves, Reference values, int orders) {
        List<Result> results = new ArrayList<>();
        Tensor function = scalar;
        for (int order = 1; order <= orders; order++) {
            List<Tensor> gradients = Gradients.of(function, leaves);
            List<double[]> direction = new ArrayList<>();
            Tensor derivative = Tensor.scalar(0);
            for (int i = 0; i < leaves.size(); i++) {
                String name = "direction " + order + "." + i;
                Tensor along = Tensor.input(name, leaves.get(i).shape().toArray());
                direction.add(unit(name, leaves.get(i).shape().elements()));
                values.feed(name, direction.getLast());
                derivative = derivative.add(gradients.get(i).mul(along).sum());
            }
            results.add(new Result(order, values.scalar(derivative), difference(function, leaves, direction, values)));
            function = derivative;
        }
        return results;
    }

    /** Numbers in [−1, 1) that depend on the name alone. */
    private static double[] unit(String name, int elements) {
        return Elementwise.map(Philox.uniform(Key.words(1, 0), Key.stream(name), elements), u -> 2 * u - 1);
    }

    /** The estimate, over the steps tried, that agrees best with its neighbour. */
    private static double difference(Tensor function, List<Tensor> leaves, List<double[]> direction, Reference values) {
        List<double[]> at = values.values(leaves);
        double best = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        double before = Double.NaN;
        for (double step : STEPS) {
            double near = move(function, leaves, at, direction, step, values)
                    - move(function, leaves, at, direction, -step, values);
            double far = move(function, leaves, at, direction, 2 * step, values)
                    - move(function, leaves, at, direction, -2 * step, values);
            double estimate = (8 * near - far) / (12 * step); // error of order step⁴
            if (Math.abs(estimate - before) < least) {
                least = Math.abs(estimate - before);
                best = estimate;
            }
            before = estimate;
        }
        move(function, leaves, at, direction, 0, values);
        return best;
    }

    private static double move(
            Tensor function,
            List<Tensor> leaves,
            List<double[]> at,
            List<double[]> direction,
            double step,
            Reference values) {
        for (int i = 0; i < leaves.size(); i++) {
            double[] moved = at.get(i).clone();
            for (int j = 0; j < moved.length && step != 0; j++) {
                moved[j] += step * direction.get(i)[j];
            }
            if (leaves.get(i).op() instanceof Op.Variable(var name, var _)) {
                values.variable(name, moved);
            } else if (leaves.get(i).op() instanceof Op.Input(var name, var _, var _, int _)) {
                values.feed(name, moved);
            } else {
                throw new IllegalArgumentException(
                        "[gradient check] expected an input or a variable but received " + leaves.get(i));
            }
        }
        return values.scalar(function);
    }
}
