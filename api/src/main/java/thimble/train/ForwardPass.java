package thimble.train;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import thimble.nn.Parameter;
import thimble.nn.Tap;
import thimble.nn.Trace;
import thimble.tensor.Rewrite;
import thimble.tensor.Shape;
import thimble.tensor.Simplify;
import thimble.tensor.Tensor;

/**
 * The forward pass of a step after all hooks.
 *
 * @param input what the model reads [n, …]
 * @param target target rows [n, m]
 * @param logits what the model returns [n, m]
 * @param parameters in the model's order; their tensors are the plain variables
 * @param taps hooked values in the order of the forward pass
 * @param updates hooked new values of buffers
 */
record ForwardPass(
        Tensor input,
        Tensor target,
        Tensor logits,
        List<Parameter> parameters,
        List<Tap> taps,
        List<Trace.BufferUpdate> updates) {
    /** Name of the input that holds the examples. */
    static final String INPUT = "input";

    /** Name of the input that holds the target rows. */
    static final String TARGET = "target";

    /** The model without hooks, in training mode; all examples count alike in batch statistics. */
    static Trace trace(StepSetup setup) {
        Shape shape = setup.example().withFirst(setup.batch());
        Trace trace = Trace.of(
                setup.loss().head(setup.model()),
                Tensor.batch(INPUT, shape),
                Tensor.constant(1, Shape.of(setup.batch(), 1)),
                true);
        Shape expected = Shape.of(setup.batch(), setup.targets());
        if (!trace.output().shape().equals(expected)) {
            throw new IllegalArgumentException("[model] expected an output of shape " + expected
                    + " for the targets but received " + trace.output().shape());
        }
        return trace;
    }

    /** Applies the forward hooks of all methods. */
    static ForwardPass of(StepSetup setup, Trace trace, List<OwnState> states) {
        Tensor input = Tensor.topological(List.of(trace.output())).stream()
                .filter(tensor -> tensor.op() instanceof thimble.tensor.Op.Input(var name, var _, var _, int _)
                        && name.equals(INPUT))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("[model] expected an output that depends on the input"));
        Tensor target = Tensor.batch(TARGET, Shape.of(setup.batch(), setup.targets()));
        Map<Tensor, UnaryOperator<Tensor>> at = new IdentityHashMap<>();
        List<UnaryOperator<Tensor>> onTarget = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            setup.methods().get(i).forward(new MethodHooks(setup.batch(), trace, input, states.get(i), at, onTarget));
        }
        for (UnaryOperator<Tensor> change : onTarget) {
            target = change.apply(target);
        }
        List<Tensor> roots = new ArrayList<>(List.of(input, trace.output()));
        trace.taps().forEach(tap -> roots.add(tap.tensor()));
        trace.updates().forEach(update -> roots.addAll(List.of(update.value(), update.statistic())));
        Map<Tensor, Tensor> hooked = Rewrite.apply(roots, at);
        return new ForwardPass(
                now(hooked, input),
                target,
                now(hooked, trace.output()),
                trace.parameters(),
                trace.taps().stream()
                        .map(tap -> new Tap(tap.name(), now(hooked, tap.tensor()), tap.kind()))
                        .toList(),
                trace.updates().stream()
                        .map(update -> new Trace.BufferUpdate(
                                update.buffer(), now(hooked, update.value()), now(hooked, update.statistic())))
                        .toList());
    }

    /**
     * The same pass with fewer nodes. What methods may differentiate by or replace stays a node of its own: the input,
     * the stages and statistics, and the inner taps of these names.
     */
    ForwardPass simplified(Set<String> inner) {
        List<Tensor> keep = new ArrayList<>(List.of(input, target, logits));
        parameters.forEach(parameter -> keep.add(parameter.tensor()));
        List<Tensor> roots = new ArrayList<>(keep);
        for (Tap tap : taps) {
            (tap.kind() != Tap.Kind.INNER || inner.contains(tap.name()) ? keep : roots).add(tap.tensor());
        }
        updates.forEach(update -> roots.addAll(List.of(update.value(), update.statistic())));
        Map<Tensor, Tensor> now = Simplify.beforeGradients(roots, keep);
        return new ForwardPass(
                now(now, input),
                now(now, target),
                now(now, logits),
                parameters,
                taps.stream()
                        .map(tap -> new Tap(tap.name(), now(now, tap.tensor()), tap.kind()))
                        .toList(),
                updates.stream()
                        .map(update -> new Trace.BufferUpdate(
                                update.buffer(), now(now, update.value()), now(now, update.statistic())))
                        .toList());
    }

    private static Tensor now(Map<Tensor, Tensor> map, Tensor old) {
        return Objects.requireNonNull(map.get(old));
    }
}
