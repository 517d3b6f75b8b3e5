package thimble.backend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import thimble.tensor.DType;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * A graph made ready for a backend that keeps examples innermost: each tensor has a batch axis or none, operands that meet elementwise
 * have the same one, and nodes that only rename elements share the memory of their operand.
 *
 * <p>A tensor with a batch axis lies as [other axes in order][examples]. One without lies row-major. {@link Op.StopGradient} has no meaning
 * after differentiation; here it stands for the one conversion there is, the same value in another of these layouts.
 */
public final class LayoutPlan {
    private final List<Tensor> roots;
    private final List<Tensor> order;
    private final Map<Tensor, Integer> axes = new HashMap<>();
    private final Map<Tensor, Tensor> owners = new HashMap<>();
    private final Map<Tensor, Integer> indices = new HashMap<>();
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private final Map<String, Tensor> variables = new LinkedHashMap<>();

    private record Conversion(Tensor operand, int axis) {}

    private LayoutPlan(List<Tensor> given) {
        Map<Tensor, Tensor> clean = new HashMap<>();
        for (Tensor t : Tensor.topological(given)) {
            clean.put(t, clean(t, t.inputs().stream().map(clean::get).toList()));
        }
        List<Tensor> start = given.stream().map(clean::get).toList();
        List<Tensor> before = Tensor.topological(start);
        BatchAxis known = BatchAxis.of(before);
        Map<Tensor, Tensor> placed = new HashMap<>();
        Map<Conversion, Tensor> conversions = new HashMap<>();
        for (Tensor t : before) {
            int axis = known.axis(t);
            List<Tensor> operands = new ArrayList<>();
            for (int i = 0; i < t.inputs().size(); i++) {
                Tensor operand = t.inputs().get(i);
                Tensor now = Known.of(placed, operand);
                boolean constant = operand.op() instanceof Op.Constant;
                int wanted = wanted(t, i, axis, known.axis(operand));
                boolean moved = wanted != known.axis(operand) && !(constant && elementwise(t.op()));
                operands.add(
                        moved
                                ? conversions.computeIfAbsent(
                                        new Conversion(operand, wanted), _ -> converted(now, wanted))
                                : now);
            }
            Tensor made = operands.equals(t.inputs()) ? t : Tensor.of(t.op(), operands);
            placed.put(t, made);
            axes.put(made, axis);
        }
        roots = start.stream().map(placed::get).toList();
        order = Tensor.topological(roots);
        for (Tensor t : order) {
            indices.put(t, indices.size());
            owners.put(t, view(t) ? owners.get(t.input()) : t);
        }
    }

    /** The plan of a graph with these roots. */
    public static LayoutPlan of(List<Tensor> roots) {
        return new LayoutPlan(roots);
    }

    /** True if the value is that of the only operand, element for element; such nodes leave the plan. */
    public static boolean identity(Tensor t) {
        return t.op() instanceof Op.StopGradient
                || t.op() instanceof Op.Cast(var to) && to == t.input().dtype()
                || t.op() instanceof Op.Broadcast(var shape)
                        && shape.equals(t.input().shape());
    }

    private Tensor clean(Tensor t, List<Tensor> operands) {
        if (identity(t)) {
            return operands.getFirst();
        }
        if (t.op() instanceof Op.Input(var name, var _, var _, int _)) {
            return one(inputs, name, t);
        }
        if (t.op() instanceof Op.Variable(var name, var _)) {
            return one(variables, name, t);
        }
        return operands.equals(t.inputs()) ? t : Tensor.of(t.op(), operands);
    }

    private static Tensor one(Map<String, Tensor> known, String name, Tensor t) {
        Tensor first = known.putIfAbsent(name, t);
        if (first == null) {
            return t;
        }
        if (!first.op().equals(t.op())) {
            throw new IllegalArgumentException(
                    "[compile] expected one shape for '" + name + "' but received " + first + " and " + t);
        }
        return first;
    }

    /** The axis that operand {@code i} must have for its user to have {@code axis}; {@code own} if it does not matter. */
    private static int wanted(Tensor t, int i, int axis, int own) {
        if (elementwise(t.op())) {
            return axis;
        }
        if (axis == BatchAxis.NONE || !(t.inputs().get(i).op() instanceof Op.Constant)) {
            return own;
        }
        return switch (t.op()) {
            case Op.MatMul(boolean transposeA, boolean _) -> i == 0 && axis == 0 ? transposeA ? 1 : 0 : own;
            case Op.Conv2d _, Op.Conv2dInputGrad _ -> i == 0 ? 0 : own;
            case Op.Reshape _ -> BatchAxis.same(t.shape(), axis, t.input().shape());
            case Op.Concat _, Op.Reduce _ -> axis;
            case Op.Broadcast(var to) -> to.size(axis) == t.input().shape().size(axis) ? axis : own;
            case Op.Input _,
                    Op.Variable _,
                    Op.Constant _,
                    Op.Random _,
                    Op.Iota _,
                    Op.Unary _,
                    Op.Binary _,
                    Op.Select _,
                    Op.Cast _,
                    Op.StopGradient _,
                    Op.ArgMax _,
                    Op.Transpose _,
                    Op.Slice _,
                    Op.Pad _,
                    Op.Conv2dKernelGrad _,
                    Op.Gather _,
                    Op.ScatterAdd _,
                    Op.Patches _,
                    Op.PatchesGrad _ -> own;
        };
    }

    private Tensor converted(Tensor operand, int axis) {
        Tensor made = operand.op() instanceof Op.Constant
                ? Tensor.of(operand.op())
                : Tensor.of(new Op.StopGradient(), operand);
        axes.put(made, axis);
        return made;
    }

    private static boolean elementwise(Op op) {
        return op instanceof Op.Unary || op instanceof Op.Binary || op instanceof Op.Select;
    }

    /** The roots in the given order, rewritten. */
    public List<Tensor> roots() {
        return roots;
    }

    /** All nodes, operands before users. */
    public List<Tensor> order() {
        return order;
    }

    /** Position of a node in {@link #order}. */
    public int index(Tensor tensor) {
        return Known.of(indices, tensor);
    }

    /** The inputs by name. */
    public Map<String, Tensor> inputs() {
        return inputs;
    }

    /** The variables that are read, by name. */
    public Map<String, Tensor> variables() {
        return variables;
    }

    /** The axis that counts examples, or {@link BatchAxis#NONE}. */
    public int axis(Tensor tensor) {
        return Known.of(axes, tensor);
    }

    /** True if an axis counts examples. */
    public boolean batch(Tensor tensor) {
        return axis(tensor) != BatchAxis.NONE;
    }

    /** Number of examples, 1 without a batch axis. */
    public int examples(Tensor tensor) {
        return batch(tensor) ? tensor.shape().size(axis(tensor)) : 1;
    }

    /** Elements of one example; all elements without a batch axis. */
    public int features(Tensor tensor) {
        return tensor.shape().elements() / examples(tensor);
    }

    /** The tensor whose memory holds this one. */
    public Tensor owner(Tensor tensor) {
        return Known.of(owners, tensor);
    }

    /** True if the node only renames the elements of its operand. */
    public boolean view(Tensor t) {
        return switch (t.op()) {
            case Op.Reshape _ -> batch(t.input()) == batch(t);
            case Op.Transpose(var to) ->
                batch(t.input()) == batch(t) && ordered(to, t.input().shape(), axis(t.input()));
            case Op.Reduce _ -> t.shape().equals(t.input().shape()) && axis(t) == axis(t.input());
            case Op.Input _,
                    Op.Variable _,
                    Op.Constant _,
                    Op.Random _,
                    Op.Iota _,
                    Op.Unary _,
                    Op.Binary _,
                    Op.Select _,
                    Op.Cast _,
                    Op.StopGradient _,
                    Op.ArgMax _,
                    Op.Broadcast _,
                    Op.Slice _,
                    Op.Pad _,
                    Op.Concat _,
                    Op.MatMul _,
                    Op.Conv2d _,
                    Op.Conv2dInputGrad _,
                    Op.Conv2dKernelGrad _,
                    Op.Gather _,
                    Op.ScatterAdd _,
                    Op.Patches _,
                    Op.PatchesGrad _ -> false;
        };
    }

    private static boolean ordered(List<Integer> to, Shape from, int batch) {
        int[] moved = to.stream()
                .mapToInt(Integer::intValue)
                .filter(axis -> axis != batch && from.size(axis) > 1)
                .toArray();
        return IntStream.range(1, moved.length).allMatch(i -> moved[i - 1] < moved[i]);
    }

    /** True if all elements are FLOAT32. */
    static boolean floats(Tensor t) {
        return t.dtype() == DType.FLOAT32 && t.inputs().stream().allMatch(operand -> operand.dtype() == DType.FLOAT32);
    }
}
