package thimble.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thimble.backend.Graph;
import thimble.nn.Parameter;
import thimble.tensor.Tensor;

/**
 * One optimizer step that makes one loss smaller, as a part of a graph; several may share a state, such as those of a
 * generator and of a discriminator.
 *
 * @param updates new values of the weights and of the optimizer's variables
 * @param variables the optimizer's variables
 * @param scalars run-time numbers to feed, the learning rate among them
 */
public record Minimize(List<Graph.Update> updates, List<StateVariable> variables, List<StepScalar> scalars) {
    /** Copies the lists. */
    public Minimize {
        updates = List.copyOf(updates);
        variables = List.copyOf(variables);
        scalars = List.copyOf(scalars);
    }

    /**
     * Differentiates a loss and moves the weights.
     *
     * @param name prefix of the optimizer's variables and inputs, such as {@code generator}
     * @param loss scalar
     * @param parameters the weights to move
     * @param optimizer how they move
     * @param steps steps in all, for the schedule
     */
    public static Minimize of(String name, Tensor loss, List<Parameter> parameters, Optimizer optimizer, long steps) {
        StepRegistry registry = new StepRegistry();
        Tensor rate = registry.perStep(name + "." + StepGraph.RATE, (_, step) -> optimizer.rate(step, steps));
        OwnState state = new OwnState(registry, name + "." + optimizer.name(), rate);
        List<Graph.Update> updates = new ArrayList<>();
        move(optimizer, StepGraph.gradients(loss, parameters), state)
                .forEach((parameter, value) -> updates.add(new Graph.Update(parameter.name(), value)));
        updates.addAll(registry.updates());
        return new Minimize(updates, registry.variables(), registry.scalars());
    }

    static Map<Parameter, Tensor> move(Optimizer optimizer, Map<Parameter, Tensor> gradients, OwnState state) {
        Map<Parameter, Tensor> updated = new LinkedHashMap<>();
        gradients.forEach(
                (parameter, gradient) -> updated.put(parameter, optimizer.update(parameter, gradient, state)));
        return Collections.unmodifiableMap(updated);
    }
}
