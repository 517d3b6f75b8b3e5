package thimble.train;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import thimble.nn.Parameter;
import thimble.nn.Tap;
import thimble.nn.Trace;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** The forward hooks of one method. */
final class MethodHooks implements ForwardHooks {
    private final int batch;
    private final Trace trace;
    private final Tensor input;
    private final OwnState own;
    private final Map<Tensor, UnaryOperator<Tensor>> at;
    private final List<UnaryOperator<Tensor>> onTarget;
    private boolean inWeights;

    MethodHooks(
            int batch,
            Trace trace,
            Tensor input,
            OwnState own,
            Map<Tensor, UnaryOperator<Tensor>> at,
            List<UnaryOperator<Tensor>> onTarget) {
        this.batch = batch;
        this.trace = trace;
        this.input = input;
        this.own = own;
        this.at = at;
        this.onTarget = onTarget;
    }

    @Override
    public Shape inputShape() {
        return input.shape();
    }

    @Override
    public void input(UnaryOperator<Tensor> change) {
        add(input, checked("the input", change));
    }

    @Override
    public void target(UnaryOperator<Tensor> change) {
        onTarget.add(checked("the target", change));
    }

    @Override
    public void layer(String name, UnaryOperator<Tensor> change) {
        add(Taps.find(own.owner(), trace.taps(), name).tensor(), checked(name, change));
    }

    @Override
    public void weights(BiFunction<Parameter, Tensor, Tensor> change) {
        for (Parameter parameter : trace.parameters()) {
            add(parameter.tensor(), checked(parameter.name(), value -> {
                inWeights = true;
                try {
                    return change.apply(parameter, value);
                } finally {
                    inWeights = false;
                }
            }));
        }
    }

    @Override
    public void products(BiFunction<Parameter, Tensor, Tensor> change) {
        Map<Tensor, Parameter> kernels = new IdentityHashMap<>();
        trace.parameters().forEach(parameter -> kernels.put(parameter.tensor(), parameter));
        for (Tensor tensor : Tensor.topological(List.of(trace.output()))) {
            if (tensor.op() instanceof Op.MatMul && tensor.shape().rank() == 2) {
                Parameter kernel = kernels.get(tensor.inputs().get(1));
                if (kernel != null) {
                    add(tensor, checked(kernel.name(), product -> change.apply(kernel, product)));
                }
            }
        }
    }

    private void add(Tensor place, UnaryOperator<Tensor> change) {
        at.merge(place, change, (first, second) -> value -> second.apply(first.apply(value)));
    }

    private UnaryOperator<Tensor> checked(String where, UnaryOperator<Tensor> change) {
        return value -> {
            Tensor changed = change.apply(value);
            if (!changed.shape().equals(value.shape())) {
                throw new IllegalArgumentException("[" + own.owner() + "] expected a value of shape " + value.shape()
                        + " for " + where + " but received " + changed.shape());
            }
            return changed;
        };
    }

    @Override
    public List<Tap> taps() {
        return trace.taps();
    }

    @Override
    public List<Parameter> parameters() {
        return trace.parameters();
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
        return !inWeights && shape.rank() > 0 && shape.size(0) == batch;
    }
}
