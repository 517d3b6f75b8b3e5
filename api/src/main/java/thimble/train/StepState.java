package thimble.train;

import thimble.nn.Initializer;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Run-time numbers and variables that methods and optimizers have of their own in a training step. */
public interface StepState {
    /** Learning rate of this step, rank 0. */
    Tensor learningRate();

    /** A run-time number named {@code method.name}, rank 0; exactly 0 becomes the constant 0. */
    Tensor value(String name, double number);

    /** A run-time number that depends on the step. */
    Tensor perStep(String name, StepFunction ofStep);

    /** A variable of the method's own named {@code method.name}, part of the checkpoint. */
    Tensor variable(String name, Shape shape, Initializer initial);

    /** New value of a variable of the method's own after the step. */
    void update(Tensor variable, Tensor value);
}
