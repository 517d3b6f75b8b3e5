package thimble.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import thimble.backend.Graph;
import thimble.nn.Parameter;
import thimble.tensor.Gradients;
import thimble.tensor.Simplify;
import thimble.tensor.Tensor;

/**
 * One variant of a step.
 *
 * @param graph its only output is the loss with penalties; updates weights, buffers, moments and methods' variables
 * @param registry what methods and optimizer asked for
 * @param evaluated what evaluation reads instead of a weight, by its name
 * @param inner inner values that methods asked for and that simplification may have bypassed
 */
record StepGraph(Graph graph, StepRegistry registry, Map<String, Tensor> evaluated, Set<String> inner) {
    /** Name of the input that holds the learning rate. */
    static final String RATE = "learning-rate";

    /**
     * The loss before penalties.
     *
     * @param registry what the forward hooks asked for
     * @param rate the learning rate
     * @param context the step so far
     * @param traces the step as each method sees it
     */
    record Loss(StepRegistry registry, Tensor rate, StepContext context, List<MethodTrace> traces) {}

    /** The forward pass with hooks and the loss, simplified but for what methods may differentiate by or replace. */
    static Loss loss(StepSetup setup) {
        return loss(setup, Set.of());
    }

    private static Loss loss(StepSetup setup, Set<String> inner) {
        StepRegistry registry = new StepRegistry();
        Tensor rate = registry.perStep(RATE, (_, step) -> setup.optimizer().rate(step, setup.steps()));
        List<OwnState> states = owners(setup.methods()).stream()
                .map(owner -> new OwnState(registry, owner, rate))
                .toList();
        ForwardPass traced = ForwardPass.of(setup, ForwardPass.trace(setup), states);
        StepContext context = new StepContext(setup, traced.simplified(inner), inner);
        return new Loss(
                registry,
                rate,
                context,
                states.stream().map(state -> new MethodTrace(context, state)).toList());
    }

    static StepGraph of(StepSetup setup) {
        StepGraph step = of(setup, loss(setup));
        Set<String> inner = step.inner();
        return inner.isEmpty() ? step : of(setup, loss(setup, inner));
    }

    private static StepGraph of(StepSetup setup, Loss loss) {
        StepRegistry registry = loss.registry();
        StepContext context = loss.context();
        List<MethodTrace> traces = loss.traces();
        List<Regularizer> methods = setup.methods();
        for (int i = 0; i < methods.size(); i++) {
            context.penalise(traces.get(i).own().owner(), methods.get(i).penalty(traces.get(i)));
        }
        List<Parameter> parameters = context.pass().parameters();
        Map<Parameter, Tensor> gradients = gradients(context.loss(), parameters);
        context.differentiated();
        for (int i = 0; i < methods.size(); i++) {
            Map<Parameter, Tensor> changed = methods.get(i).gradients(traces.get(i), gradients);
            gradients = complete(traces.get(i).own().owner(), "gradient", parameters, changed);
        }
        OwnState optimizer = new OwnState(registry, setup.optimizer().name(), loss.rate());
        Map<Parameter, Tensor> updated = Minimize.move(setup.optimizer(), gradients, optimizer);
        for (int i = 0; i < methods.size(); i++) {
            Map<Parameter, Tensor> changed = methods.get(i).weights(traces.get(i), updated);
            updated = complete(traces.get(i).own().owner(), "weight", parameters, changed);
        }
        Map<String, Tensor> evaluated = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            for (int i = 0; i < methods.size(); i++) {
                Optional<Tensor> instead = methods.get(i).evaluated(traces.get(i), parameter);
                instead.ifPresent(value -> evaluated.put(parameter.name(), value));
            }
        }
        List<Graph.Update> updates = new ArrayList<>();
        updated.forEach((parameter, value) -> updates.add(new Graph.Update(parameter.name(), value)));
        context.pass().updates().forEach(update -> updates.add(new Graph.Update(update.buffer(), update.value())));
        updates.addAll(registry.updates());
        Graph graph = simplified(new Graph(List.of(context.loss()), updates));
        return new StepGraph(graph, registry, evaluated, context.missed());
    }

    /** A graph of the same meaning with fewer nodes, after differentiation. */
    static Graph simplified(Graph graph) {
        List<Tensor> roots = Simplify.apply(graph.roots());
        int outputs = graph.outputs().size();
        List<Graph.Update> updates = new ArrayList<>();
        for (int i = 0; i < graph.updates().size(); i++) {
            updates.add(new Graph.Update(graph.updates().get(i).variable(), roots.get(outputs + i)));
        }
        return new Graph(roots.subList(0, outputs), updates);
    }

    /** Names of the methods; a number is added from the second of one name on. */
    static List<String> owners(List<Regularizer> methods) {
        Map<String, Integer> seen = new HashMap<>();
        return methods.stream()
                .map(method -> {
                    int count = seen.merge(method.name(), 1, Integer::sum);
                    return count == 1 ? method.name() : method.name() + "#" + count;
                })
                .toList();
    }

    static Map<Parameter, Tensor> gradients(Tensor loss, List<Parameter> parameters) {
        List<Tensor> values =
                Gradients.of(loss, parameters.stream().map(Parameter::tensor).toList());
        Map<Parameter, Tensor> map = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            map.put(parameters.get(i), values.get(i));
        }
        return Collections.unmodifiableMap(map);
    }

    /** The map in the model's order, checked. */
    private static Map<Parameter, Tensor> complete(
            String method, String what, List<Parameter> parameters, Map<Parameter, Tensor> changed) {
        Map<Parameter, Tensor> ordered = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            Tensor value = changed.get(parameter);
            if (value == null || !value.shape().equals(parameter.tensor().shape())) {
                throw new IllegalArgumentException("[" + method + "] expected a " + what + " of shape "
                        + parameter.tensor().shape() + " for " + parameter.name() + " but received "
                        + (value == null ? "none" : value.shape()));
            }
            ordered.put(parameter, value);
        }
        return Collections.unmodifiableMap(ordered);
    }
}
