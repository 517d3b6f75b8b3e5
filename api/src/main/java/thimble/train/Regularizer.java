package thimble.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import thimble.method.Method;
import thimble.nn.Parameter;
import thimble.nn.Tap;
import thimble.tensor.Tensor;

/**
 * A method that changes the training step. Hooks are called in the order in which methods are declared; order changes
 * results and is part of every record. A {@code double} component must reach the graph through {@link StepTrace#value}
 * or {@link ForwardHooks#value}, so that other numbers reuse the compiled program.
 */
public interface Regularizer extends Method {
    /** Once before step 0: this method with what it measured on the initial model; part of the checkpoint. */
    default Regularizer calibrate(Calibration before) {
        return this;
    }

    /**
     * This method as it acts in one step each, for methods whose structure changes from step to step; one is drawn
     * evenly for each step by (seed, step). All variants are compiled, and have the name of this method.
     *
     * @param taps the taps of the model in the order of the forward pass
     */
    default List<Regularizer> variants(List<Tap> taps) {
        return List.of(this);
    }

    /**
     * Where it acts, such as the name of a layer, or empty; a step may have several methods of one name if they act at
     * different places.
     */
    default String place() {
        return "";
    }

    /** Names of methods that cannot act in the same step; it is enough if one of two says so. */
    default List<String> excludes() {
        return List.of();
    }

    /** Rewrites input, target, outputs of layers or weights in the forward pass. */
    default void forward(ForwardHooks hooks) {}

    /** A scalar to add to the loss. */
    default Optional<Tensor> penalty(StepTrace step) {
        return Optional.empty();
    }

    /** Changes the gradients of all parameters at once, in the model's order. */
    default Map<Parameter, Tensor> gradients(StepTrace step, Map<Parameter, Tensor> gradients) {
        return gradients;
    }

    /** Changes the weights after the optimizer. */
    default Map<Parameter, Tensor> weights(StepTrace step, Map<Parameter, Tensor> updated) {
        return updated;
    }

    /** What evaluation and the saved model read instead of a weight, such as its moving average. */
    default Optional<Tensor> evaluated(StepTrace step, Parameter weight) {
        return Optional.empty();
    }
}
