package thimble.backend;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/** A graph that is evaluated as it stands. */
final class ReferenceProgram implements Program {
    private final Graph graph;
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private final Map<String, Tensor> variables = new LinkedHashMap<>();

    ReferenceProgram(Graph graph) {
        this.graph = graph;
        for (Tensor tensor : Tensor.topological(graph.roots())) {
            if (tensor.op() instanceof Op.Input(var name, var _, var _, int _)) {
                declare("input", inputs, name, tensor);
            } else if (tensor.op() instanceof Op.Variable(var name, var _)) {
                declare("variable", variables, name, tensor);
            }
        }
    }

    private static void declare(String kind, Map<String, Tensor> known, String name, Tensor tensor) {
        Tensor before = known.putIfAbsent(name, tensor);
        if (before != null && !before.op().equals(tensor.op())) {
            throw new IllegalArgumentException(
                    "[graph] expected one " + kind + " '" + name + "' but received " + before + " and " + tensor);
        }
    }

    Graph graph() {
        return graph;
    }

    /** The inputs by name. */
    Map<String, Tensor> inputs() {
        return inputs;
    }

    /** The variables that are read. */
    List<String> variables() {
        return List.copyOf(variables.keySet());
    }

    @Override
    public Executable bind(State state) {
        if (!(state instanceof ReferenceState values)) {
            throw new IllegalArgumentException("[reference] expected a state of this backend but received " + state);
        }
        Map<String, Tensor> known = new LinkedHashMap<>();
        values.open();
        MemoryLimit.heap("reference", Tensor.topological(graph.roots()), Double.BYTES);
        state.variables().forEach(variable -> known.put(((Op.Variable) variable.op()).name(), variable));
        variables.forEach((name, variable) -> check(known, name, variable));
        graph.updates().forEach(update -> check(known, update.variable(), update.value()));
        return new ReferenceExecutable(this, values);
    }

    private static void check(Map<String, Tensor> known, String name, Tensor needed) {
        Tensor variable = known.get(name);
        if (variable == null) {
            throw new IllegalArgumentException(
                    "[state] expected a variable '" + name + "' but received " + known.keySet());
        }
        if (!variable.shape().equals(needed.shape())) {
            throw new IllegalArgumentException("[state] expected variable '" + name + "' of shape " + needed.shape()
                    + " but received " + variable.shape());
        }
    }

    @Override
    public String plan() {
        return graph.text();
    }
}
