package thimble.tensor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Rebuilds graphs with fewer and smaller nodes of the same meaning: equal nodes become one node, what is multiplied by 0 disappears, and
 * families of algebraic rules apply. Each rule says whether the result keeps its bits in float32 arithmetic; none is wrong by more than the
 * rounding of a few operations. A rule that removes a factor 0 forgets that the other factor might not be finite. One pass, linear in nodes.
 *
 * <p>A node on which no rule acts and whose operands stay is kept, so leaves keep their identity; of several equal leaves one remains.
 */
public final class Simplify {
    /** What an opaque node looks like to the rules: a primitive on which none acts. */
    private static final Op OPAQUE = new Op.StopGradient();

    private record Key(Op op, List<Tensor> inputs) {}

    private final boolean keepStops;
    private final Map<Key, Tensor> made = new HashMap<>();
    private final Map<Tensor, Tensor> now = new IdentityHashMap<>();
    private final Set<Tensor> opaque = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Tensor> masks = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ElementwiseRules elementwise = new ElementwiseRules(this);
    private final ReductionRules reductions = new ReductionRules(this);
    private final MovementRules movement = new MovementRules(this);
    private final ContractionRules contractions = new ContractionRules(this);

    private Simplify(boolean keepStops) {
        this.keepStops = keepStops;
    }

    /** The roots after differentiation, simplified; {@link Op.StopGradient} disappears. */
    public static List<Tensor> apply(List<Tensor> roots) {
        Map<Tensor, Tensor> now = mapping(roots);
        return roots.stream().map(now::get).toList();
    }

    /** New node by old node, by identity, for every node that the roots need; {@link Op.StopGradient} disappears. */
    public static Map<Tensor, Tensor> mapping(List<Tensor> roots) {
        return new Simplify(false).run(roots, List.of());
    }

    /**
     * As {@link #mapping}, for graphs that will be differentiated: {@link Op.StopGradient} stays, and so does each node of {@code keep} as a
     * node of its own through which all its users read it, so that derivatives with respect to it and substitutions for it stay right.
     */
    public static Map<Tensor, Tensor> beforeGradients(List<Tensor> roots, Collection<Tensor> keep) {
        return new Simplify(true).run(roots, keep);
    }

    private Map<Tensor, Tensor> run(List<Tensor> roots, Collection<Tensor> keep) {
        List<Tensor> all = new ArrayList<>(roots);
        all.addAll(keep);
        List<Tensor> order = Tensor.topological(all);
        Set<Tensor> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        kept.addAll(keep);
        keep.stream()
                .filter(tensor -> tensor.inputs().isEmpty())
                .forEach(leaf -> made.putIfAbsent(new Key(leaf.op(), List.of()), leaf));
        PadSums sums = new PadSums(this, order, all);
        for (Tensor old : order) {
            List<Tensor> inputs = old.inputs().stream().map(now::get).toList();
            if (kept.contains(old) && !inputs.isEmpty()) {
                Tensor same = inputs.equals(old.inputs()) ? old : Tensor.of(old.op(), inputs);
                opaque.add(same);
                now.put(old, same);
            } else {
                now.put(old, sums.of(old).orElseGet(() -> make(old.op(), inputs, Optional.of(old))));
            }
        }
        return now;
    }

    /** The simplified node that applies a primitive to simplified operands. */
    Tensor make(Op op, Tensor... inputs) {
        return make(op, List.of(inputs), Optional.empty());
    }

    /** As {@link #make(Op, Tensor...)}. */
    Tensor make(Op op, List<Tensor> inputs) {
        return make(op, inputs, Optional.empty());
    }

    private Tensor make(Op op, List<Tensor> inputs, Optional<Tensor> old) {
        Key key = new Key(op, inputs);
        Tensor known = made.get(key);
        if (known == null) {
            known = rule(op, inputs).orElseGet(() -> fresh(op, inputs, old));
            made.put(key, known);
        }
        return known;
    }

    private Tensor fresh(Op op, List<Tensor> inputs, Optional<Tensor> old) {
        Tensor tensor = old.filter(same -> same.inputs().equals(inputs)).orElseGet(() -> Tensor.of(op, inputs));
        if (elementwise.isMask(tensor)) {
            masks.add(tensor);
        }
        return tensor;
    }

    /** What a rule puts in place of a primitive, or nothing if none applies. */
    private Optional<Tensor> rule(Op op, List<Tensor> in) {
        return switch (op) {
            case Op.Input _, Op.Variable _, Op.Constant _, Op.Random _ -> Optional.empty();
            // keeps the bits
            case Op.Iota(var shape, int axis) ->
                shape.size(axis) == 1 ? Optional.of(constant(0, shape, DType.INT32)) : Optional.empty();
            case Op.Unary(var kind) -> elementwise.unary(kind, in.getFirst());
            case Op.Binary(var kind) -> elementwise.binary(kind, in.getFirst(), in.get(1));
            case Op.Select() -> elementwise.select(in);
            case Op.Cast(var to) -> elementwise.cast(to, in.getFirst());
            // keeps the bits
            case Op.StopGradient() ->
                keepStops && value(in.getFirst()).isEmpty() ? Optional.empty() : Optional.of(in.getFirst());
            case Op.Reduce(var kind, var axes) -> reductions.reduce(kind, axes, in.getFirst());
            case Op.ArgMax(int axis) -> reductions.argMax(axis, in.getFirst());
            case Op.Broadcast(var to) -> movement.broadcast(to, in.getFirst());
            case Op.Reshape(var to) -> movement.reshape(to, in.getFirst());
            case Op.Transpose(var order) -> movement.transpose(order, in.getFirst());
            case Op.Slice(int axis, int from, int to) -> movement.slice(axis, from, to, in.getFirst());
            case Op.Pad pad -> movement.pad(pad, in.getFirst());
            case Op.Concat(int axis) -> movement.concat(axis, in);
            case Op.MatMul matmul -> contractions.matmul(matmul, in.getFirst(), in.get(1));
            case Op.Conv2d _, Op.Conv2dInputGrad _, Op.Conv2dKernelGrad _, Op.Patches _, Op.PatchesGrad _ ->
                contractions.zero(op, in);
            case Op.Gather _, Op.ScatterAdd _ -> contractions.indexed(op, in);
        };
    }

    /** The primitive of an operand as rules may see it. */
    Op op(Tensor tensor) {
        return opaque.contains(tensor) ? OPAQUE : tensor.op();
    }

    /** The number that a constant holds. */
    OptionalDouble value(Tensor tensor) {
        return op(tensor) instanceof Op.Constant(double value, var _, var _)
                ? OptionalDouble.of(value)
                : OptionalDouble.empty();
    }

    /** True for a constant of this number. */
    boolean is(Tensor tensor, double number) {
        return op(tensor) instanceof Op.Constant(double value, var _, var _) && value == number;
    }

    /** True if all elements are known to be 0 or 1. */
    boolean mask(Tensor tensor) {
        return masks.contains(tensor);
    }

    /** A constant. */
    Tensor constant(double value, Shape shape, DType dtype) {
        return make(new Op.Constant(value, shape, dtype));
    }

    /** The new node of an old one. */
    Tensor now(Tensor old) {
        return Objects.requireNonNull(now.get(old));
    }
}
