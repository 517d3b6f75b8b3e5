package thimble.tensor;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Rebuilds graphs with some nodes replaced; what does not depend on a replaced node stays the same node. */
public final class Rewrite {
    private Rewrite() {}

    /**
     * New node for every old node that the roots need.
     *
     * @param roots where the graph ends
     * @param at replacements: an operator receives the already rebuilt node, so changes upstream are seen downstream, and returns what stands
     *     in its place for all users
     * @return new node by old node, by identity
     */
    public static Map<Tensor, Tensor> apply(List<Tensor> roots, Map<Tensor, UnaryOperator<Tensor>> at) {
        Map<Tensor, Tensor> rebuilt = new IdentityHashMap<>();
        for (Tensor tensor : Tensor.topological(roots)) {
            List<Tensor> operands = tensor.inputs().stream().map(rebuilt::get).toList();
            Tensor same = operands.equals(tensor.inputs()) ? tensor : Tensor.of(tensor.op(), operands);
            UnaryOperator<Tensor> change = at.get(tensor);
            rebuilt.put(tensor, change == null ? same : change.apply(same));
        }
        return rebuilt;
    }

    /** The root with one node replaced by another: the rest of the network as a function of an inner value. */
    public static Tensor substitute(Tensor root, Tensor old, Tensor replacement) {
        return substitute(List.of(root), Map.of(old, replacement)).getFirst();
    }

    /** The roots with some nodes replaced by others. */
    public static List<Tensor> substitute(List<Tensor> roots, Map<Tensor, Tensor> replacements) {
        Map<Tensor, UnaryOperator<Tensor>> at = new IdentityHashMap<>();
        replacements.forEach((old, replacement) -> at.put(old, _ -> replacement));
        Map<Tensor, Tensor> rebuilt = apply(roots, at);
        return roots.stream().map(rebuilt::get).toList();
    }
}
