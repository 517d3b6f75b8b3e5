package thimble.backend.vector.scalar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.Program;
import thimble.backend.State;
import thimble.backend.vector.memory.VectorState;
import thimble.tensor.DType;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/** A graph as one plain loop per node, for JVMs without the Vector API. Arrays are shared by tensors of one size that do not live together. */
public final class ScalarProgram implements Program {
    private final Graph graph;
    private final List<Tensor> launches = new ArrayList<>();
    private final List<Tensor> fixed = new ArrayList<>();
    private final List<Tensor> slots = new ArrayList<>();
    private final Map<Tensor, Integer> slotOf = new IdentityHashMap<>();
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private final Map<String, Tensor> variables = new LinkedHashMap<>();

    private record Size(DType dtype, int elements) {
        static Size of(Tensor tensor) {
            return new Size(tensor.dtype(), tensor.shape().elements());
        }
    }

    /** Plans the launches of a graph. */
    public ScalarProgram(Graph graph) {
        this.graph = graph;
        List<Tensor> order = Tensor.topological(graph.roots());
        Map<Tensor, Tensor> owner = new IdentityHashMap<>();
        Map<Tensor, Integer> lastUse = new IdentityHashMap<>();
        for (int i = 0; i < order.size(); i++) {
            Tensor tensor = order.get(i);
            owner.put(tensor, owner(tensor, owner));
            for (Tensor operand : tensor.inputs()) {
                lastUse.put(owner.get(operand), i);
            }
        }
        graph.roots().forEach(root -> lastUse.put(owner.get(root), order.size()));
        Map<Size, ArrayDeque<Integer>> free = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            Tensor tensor = order.get(i);
            if (owner.get(tensor) != tensor) {
                slotOf.put(tensor, slotOf.get(owner.get(tensor)));
            } else {
                place(tensor, free);
            }
            int now = i;
            tensor.inputs().stream()
                    .map(owner::get)
                    .distinct()
                    .filter(operand -> Objects.requireNonNull(lastUse.get(operand)) == now && !lasting(operand))
                    .forEach(operand -> free.computeIfAbsent(Size.of(operand), _ -> new ArrayDeque<>())
                            .push(Objects.requireNonNull(slotOf.get(operand))));
        }
    }

    private Tensor owner(Tensor tensor, Map<Tensor, Tensor> owner) {
        if (tensor.op() instanceof Op.Input input) {
            return same(inputs, input.name(), tensor);
        }
        if (tensor.op() instanceof Op.Variable variable) {
            return same(variables, variable.name(), tensor);
        }
        return ScalarLowering.alias(tensor) ? Objects.requireNonNull(owner.get(tensor.input())) : tensor;
    }

    private static Tensor same(Map<String, Tensor> known, String name, Tensor tensor) {
        Tensor first = known.putIfAbsent(name, tensor);
        if (first != null && !(first.shape().equals(tensor.shape()) && first.dtype() == tensor.dtype())) {
            throw new IllegalArgumentException(
                    "[compile] expected one shape for '" + name + "' but received " + first + " and " + tensor);
        }
        return first == null ? tensor : first;
    }

    private static boolean lasting(Tensor tensor) {
        return tensor.op() instanceof Op.Input || tensor.op() instanceof Op.Variable || ScalarLowering.fixed(tensor);
    }

    private void place(Tensor tensor, Map<Size, ArrayDeque<Integer>> free) {
        ArrayDeque<Integer> reusable = free.get(Size.of(tensor));
        if (lasting(tensor) || reusable == null || reusable.isEmpty()) {
            slotOf.put(tensor, slots.size());
            slots.add(tensor);
        } else {
            slotOf.put(tensor, reusable.pop());
        }
        if (ScalarLowering.fixed(tensor)) {
            fixed.add(tensor);
        } else if (!lasting(tensor)) {
            launches.add(tensor);
        }
    }

    Graph graph() {
        return graph;
    }

    /** Nodes that run, in order. */
    List<Tensor> launches() {
        return launches;
    }

    /** Nodes that are filled once. */
    List<Tensor> fixed() {
        return fixed;
    }

    /** One tensor for each array, of its dtype and size. */
    List<Tensor> slots() {
        return slots;
    }

    /** Which array holds a tensor. */
    int slot(Tensor tensor) {
        return Objects.requireNonNull(slotOf.get(tensor));
    }

    Map<String, Tensor> inputs() {
        return inputs;
    }

    Map<String, Tensor> variables() {
        return variables;
    }

    @Override
    public Executable bind(State state) {
        return new ScalarExecutable(this, VectorState.of(state));
    }

    @Override
    public String plan() {
        return launches.stream().map(tensor -> "scalar " + tensor + "\n").collect(Collectors.joining());
    }
}
