package thimble.train;

import java.util.List;
import thimble.nn.Layer;
import thimble.tensor.Shape;

/**
 * Everything that decides the graph of a training step.
 *
 * @param model the layers
 * @param loss what becomes small
 * @param methods regularizers in the order in which they act
 * @param optimizer how weights move
 * @param batch examples per step, at least 1
 * @param example shape of one example
 * @param targets numbers in a target row
 * @param steps steps in all, for schedules; not part of the graph
 */
public record StepSetup(
        Layer model,
        Loss loss,
        List<Regularizer> methods,
        Optimizer optimizer,
        int batch,
        Shape example,
        int targets,
        long steps) {
    /**
     * Copies the methods.
     *
     * @throws IllegalArgumentException if batch or steps are below 1
     */
    public StepSetup {
        methods = List.copyOf(methods);
        Ranges.atLeast("batch", batch, 1);
        Ranges.atLeast("steps", steps, 1);
    }

    /** The same with other methods, such as calibrated ones. */
    StepSetup with(List<Regularizer> others) {
        return new StepSetup(model, loss, others, optimizer, batch, example, targets, steps);
    }
}
