package thimble.train;

import java.util.Optional;
import thimble.nn.Initializer;
import thimble.nn.Parameter;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * The part of a step's registry that belongs to one method or optimizer; all names begin with its own.
 *
 * @param registry everything of the step
 * @param owner name of the method, with a number if it is declared more than once
 * @param learningRate learning rate of the step
 */
record OwnState(StepRegistry registry, String owner, Tensor learningRate) implements StepState {
    @Override
    public Tensor value(String name, double number) {
        return registry.value(owner + "." + name, number);
    }

    @Override
    public Tensor perStep(String name, StepFunction ofStep) {
        return registry.perStep(owner + "." + name, ofStep);
    }

    @Override
    public Tensor variable(String name, Shape shape, Initializer initial) {
        return registry.variable(owner + "." + name, shape, initial, Optional.empty());
    }

    Tensor variable(String name, Parameter like) {
        return registry.variable(
                owner + "." + name, like.tensor().shape(), like.initializer(), Optional.of(like.name()));
    }

    @Override
    public void update(Tensor variable, Tensor value) {
        registry.update(owner, variable, value);
    }

    Tensor uniform(String use, Shape shape, boolean batch) {
        return Tensor.uniform(registry.stream(owner, use), shape, batch);
    }

    Tensor normal(String use, Shape shape, boolean batch) {
        String stream = registry.stream(owner, use);
        registry.stream(owner, use + "/angle");
        return Tensor.normal(stream, shape, batch);
    }

    Tensor signs(String use, Shape shape, boolean batch) {
        return Tensor.signs(registry.stream(owner, use), shape, batch);
    }
}
