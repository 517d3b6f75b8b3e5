package thimble.tensor;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * One graph that computes several replicas of another at once, such as trainings that differ by their seeds and strengths. What differs gets a
 * leading axis of size K, one entry per replica; what does not differ is computed once. Element for element a replica has the value that its
 * own graph would have: contractions of replicas are products with a leading axis and convolutions with K times the groups, and random numbers
 * count inside their replica, under a key of its own where the key differs.
 */
public final class Replicas {
    private final ReplicaRules rules;
    private final Predicate<Tensor> separate;
    private final Map<Tensor, Tensor> built = new IdentityHashMap<>();
    private final int count;

    private Replicas(int count, Predicate<Tensor> separate) {
        this.rules = new ReplicaRules(count);
        this.separate = separate;
        this.count = count;
    }

    /** Name of the INT32 [K, 3] input that takes the place of the key where the key differs. */
    public static final String KEYS = "keys";

    /**
     * The roots of K replicas, each with a leading axis.
     *
     * @param roots where the graph ends
     * @param count number of replicas K, at least 1
     * @param separate true for the inputs and variables that differ; asked for no other node. They keep their names and get shape [K, …], the
     *     key alone becomes the input {@link #KEYS}
     * @return in the place of each root [K, …], repeated where nothing differs
     * @throws IllegalArgumentException if the count is below 1
     */
    public static List<Tensor> of(List<Tensor> roots, int count, Predicate<Tensor> separate) {
        if (count < 1) {
            throw new IllegalArgumentException("[replicas] expected at least 1 but received " + count);
        }
        Replicas replicas = new Replicas(count, separate);
        for (Tensor tensor : Tensor.topological(roots)) {
            replicas.built.put(tensor, replicas.build(tensor));
        }
        return roots.stream()
                .map(root -> replicas.rules.lifted(replicas.built(root), root))
                .toList();
    }

    /**
     * The new values of variables of a graph of replicas, but where a replica is inactive its old ones: a finished or diverged replica no longer
     * moves, and no value of its, not a NaN either, reaches anything.
     *
     * @param variable the variable [K, …]
     * @param value its new value [K, …]
     * @param active 1 for each replica that goes on and 0 for the others, [K]
     */
    public static Tensor masked(Tensor variable, Tensor value, Tensor active) {
        int[] ones = variable.shape().toArray();
        Arrays.fill(ones, 1, ones.length, 1);
        return active.reshape(ones).broadcast(variable.shape()).select(value, variable);
    }

    private Tensor built(Tensor original) {
        return Objects.requireNonNull(built.get(original));
    }

    private Tensor build(Tensor t) {
        List<Tensor> operands = t.inputs().stream().map(this::built).toList();
        if (operands.isEmpty()) {
            return leaf(t);
        }
        boolean[] differs = new boolean[operands.size()];
        boolean any = false;
        for (int i = 0; i < differs.length; i++) {
            differs[i] = rules.differs(operands.get(i), t.inputs().get(i));
            any |= differs[i];
        }
        if (!any) {
            return operands.equals(t.inputs()) ? t : Tensor.of(t.op(), operands);
        }
        return rules.of(t, operands, differs);
    }

    private Tensor leaf(Tensor t) {
        if (t.op() instanceof Op.Input(var name, var shape, var dtype, int axis) && separate.test(t)) {
            return Tensor.of(new Op.Input(
                    name.equals(Key.NAME) ? KEYS : name,
                    shape.withFirst(count),
                    dtype,
                    axis == Op.NO_BATCH ? axis : axis + 1));
        }
        if (t.op() instanceof Op.Variable(var name, var shape) && separate.test(t)) {
            return Tensor.variable(name, shape.withFirst(count));
        }
        return t;
    }
}
