package thimble.train;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import thimble.nn.Parameter;
import thimble.nn.Tap;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * Where a method rewrites the forward pass; several methods at one place apply in the order in which they are declared.
 */
public interface ForwardHooks {
    /** Shape of the model's input [n, …]. */
    Shape inputShape();

    /** Changes the model's input [n, …]. */
    void input(UnaryOperator<Tensor> change);

    /** Changes the target rows [n, m]. */
    void target(UnaryOperator<Tensor> change);

    /**
     * Changes a tapped value; everything after it sees the change.
     *
     * @throws IllegalArgumentException if there is no such tap; the text names those that exist
     */
    void layer(String name, UnaryOperator<Tensor> change);

    /** Changes parameters where the model reads them; the optimizer still updates the plain ones. */
    void weights(BiFunction<Parameter, Tensor, Tensor> change);

    /**
     * Changes the products x Wᵀ [n, out] of fully connected kernels W [out, in]. The operands of the tensor that the
     * change receives are x [n, in] and W, both as hooks before made them.
     */
    void products(BiFunction<Parameter, Tensor, Tensor> change);

    /** The taps of the model in the order of the forward pass. */
    List<Tap> taps();

    /** The parameters in the model's order. */
    List<Parameter> parameters();

    /** A run-time number named {@code method.name}, rank 0; exactly 0 becomes the constant 0. */
    Tensor value(String name, double number);

    /**
     * A run-time number that depends on the step, such as a ramp or a mixing coefficient drawn from the trial's seed.
     */
    Tensor perStep(String name, StepFunction ofStep);

    /**
     * Uniform numbers in [0, 1) for one named use of this method. Two methods with one use of the same name are an
     * error.
     */
    Tensor uniform(String use, Shape shape);

    /** Standard normal numbers. */
    Tensor normal(String use, Shape shape);

    /** −1 or 1 with equal probability. */
    Tensor signs(String use, Shape shape);
}
