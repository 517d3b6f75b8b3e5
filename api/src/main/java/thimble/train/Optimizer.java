package thimble.train;

import thimble.method.Method;
import thimble.nn.Parameter;
import thimble.tensor.Tensor;

/** How weights move along their gradients. */
public interface Optimizer extends Method {
    /**
     * Learning rate of one step.
     *
     * @param step from 0
     * @param steps steps in all
     */
    double rate(long step, long steps);

    /**
     * New value of one weight.
     *
     * @param weight the weight
     * @param gradient its gradient after all hooks
     * @param state learning rate, run-time numbers and moments of this optimizer
     */
    Tensor update(Parameter weight, Tensor gradient, StepState state);
}
