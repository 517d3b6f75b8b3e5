package thimble.train;

import java.util.List;
import java.util.Map;
import thimble.nn.Parameter;
import thimble.nn.Tap;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** A training step while it is built, after the forward pass: what penalties and the later hooks may use. */
public interface StepTrace extends StepState {
    /** The hooked input [n, …] that the model reads. */
    Tensor input();

    /** The hooked target rows [n, m]. */
    Tensor target();

    /** The model's output [n, m], before softmax. */
    Tensor logits();

    /** Loss of each example [n, 1], not weighted. */
    Tensor lossPerExample();

    /** Loss Σ wᵢ ℓᵢ / Σ wᵢ plus the penalties so far, rank 0. */
    Tensor loss();

    /** Weight of each example [n, 1]; ones in training unless classes are weighted. */
    Tensor weight();

    /** Number of examples in the step. */
    int batch();

    /** Steps in all; for run-time numbers of a step, never for the graph. */
    long steps();

    /** The loss, for methods that need it at other outputs or targets. */
    Loss lossFunction();

    /** The parameters in the model's order. */
    List<Parameter> parameters();

    /** The taps of the model in the order of the forward pass. */
    List<Tap> taps();

    /** The taps of one kind in the order of the forward pass, such as the statistics of batch normalisation. */
    List<Tap> taps(Tap.Kind kind);

    /**
     * A tapped value.
     *
     * @throws IllegalArgumentException if there is no such tap; the text names those that exist
     */
    Tensor layer(String name);

    /**
     * The output if the input, some tapped values or weights were others. Random masks are shared and state updates are not
     * repeated; batch statistics after a changed value follow it, unless their taps are among the replacements.
     */
    Tensor logitsWith(Map<Tensor, Tensor> replacements);

    /** {@link #loss()} at other weights: the whole step's loss with the penalties so far. */
    Tensor lossAt(Map<Parameter, Tensor> weights);

    /** A variable of the method's own that begins with the first value of a weight, part of the checkpoint. */
    Tensor variable(String name, Parameter like);

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
