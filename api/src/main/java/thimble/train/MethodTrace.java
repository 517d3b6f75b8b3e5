package thimble.train;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import thimble.nn.Initializer;
import thimble.nn.Parameter;
import thimble.nn.Tap;
import thimble.tensor.Rewrite;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * The step as one method sees it.
 *
 * @param shared what all methods see
 * @param own names of the method
 */
record MethodTrace(StepContext shared, OwnState own) implements StepTrace {
    @Override
    public Tensor input() {
        return shared.pass().input();
    }

    @Override
    public Tensor target() {
        return shared.pass().target();
    }

    @Override
    public Tensor logits() {
        return shared.pass().logits();
    }

    @Override
    public Tensor lossPerExample() {
        return shared.lossPerExample();
    }

    @Override
    public Tensor loss() {
        return shared.loss();
    }

    @Override
    public Tensor weight() {
        return shared.weight();
    }

    @Override
    public int batch() {
        return shared.setup().batch();
    }

    @Override
    public long steps() {
        return shared.setup().steps();
    }

    @Override
    public Loss lossFunction() {
        return shared.setup().loss();
    }

    @Override
    public List<Parameter> parameters() {
        return shared.pass().parameters();
    }

    @Override
    public List<Tap> taps() {
        return shared.look(_ -> true);
    }

    @Override
    public List<Tap> taps(Tap.Kind kind) {
        return shared.look(tap -> tap.kind() == kind).stream()
                .filter(tap -> tap.kind() == kind)
                .toList();
    }

    @Override
    public Tensor layer(String name) {
        return Taps.find(own.owner(), shared.look(tap -> tap.name().equals(name)), name)
                .tensor();
    }

    @Override
    public Tensor logitsWith(Map<Tensor, Tensor> replacements) {
        return Rewrite.substitute(List.of(logits()), replacements).getFirst();
    }

    @Override
    public Tensor lossAt(Map<Parameter, Tensor> weights) {
        Map<Tensor, Tensor> replacements = new IdentityHashMap<>();
        weights.forEach((parameter, value) -> replacements.put(parameter.tensor(), value));
        return Rewrite.substitute(List.of(loss()), replacements).getFirst();
    }

    @Override
    public Tensor learningRate() {
        return own.learningRate();
    }

    @Override
    public Tensor value(String name, double number) {
        return own.value(name, number);
    }

    @Override
    public Tensor perStep(String name, StepFunction ofStep) {
        return own.perStep(name, ofStep);
    }

    @Override
    public Tensor variable(String name, Shape shape, Initializer initial) {
        return own.variable(name, shape, initial);
    }

    @Override
    public Tensor variable(String name, Parameter like) {
        return own.variable(name, like);
    }

    @Override
    public void update(Tensor variable, Tensor value) {
        own.update(variable, value);
    }

    @Override
    public Tensor uniform(String use, Shape shape) {
        return own.uniform(use, shape, perExample(shape));
    }

    @Override
    public Tensor normal(String use, Shape shape) {
        return own.normal(use, shape, perExample(shape));
    }

    @Override
    public Tensor signs(String use, Shape shape) {
        return own.signs(use, shape, perExample(shape));
    }

    private boolean perExample(Shape shape) {
        return shared.differentiable() && shape.rank() > 0 && shape.size(0) == batch();
    }
}
