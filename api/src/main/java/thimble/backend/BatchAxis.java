package thimble.backend;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import thimble.tensor.DType;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * Which axis of each tensor counts examples. Inputs and random numbers declare it and primitives carry it on; what meets such a tensor
 * elementwise and could be made for each example without moving data (a constant, a stretched axis) follows it.
 */
public final class BatchAxis {
    /** No axis counts examples. */
    public static final int NONE = Op.NO_BATCH;

    private final Map<Tensor, Integer> axes = new HashMap<>();
    private boolean changed;

    private BatchAxis() {}

    /** The axes of all nodes of a graph, given operands before users. */
    public static BatchAxis of(List<Tensor> order) {
        BatchAxis pass = new BatchAxis();
        do {
            pass.changed = false;
            for (Tensor tensor : order) {
                if (pass.axis(tensor) == NONE && tensor.dtype() == DType.FLOAT32) {
                    pass.set(tensor, pass.derived(tensor));
                }
            }
        } while (pass.changed);
        return pass;
    }

    /** The axis of one tensor, or {@link #NONE}. */
    public int axis(Tensor tensor) {
        return axes.getOrDefault(tensor, NONE);
    }

    private void set(Tensor tensor, int axis) {
        if (axis != NONE) {
            axes.put(tensor, axis);
            changed = true;
        }
    }

    private int derived(Tensor t) {
        return switch (t.op()) {
            case Op.Input(var _, var _, var _, int axis) -> axis;
            case Op.Random(long _, var _, int axis) -> axis;
            case Op.Variable _,
                    Op.Constant _,
                    Op.Iota _,
                    Op.ArgMax _,
                    Op.Gather _,
                    Op.ScatterAdd _,
                    Op.Conv2dKernelGrad _ -> NONE;
            case Op.Unary _, Op.StopGradient _ -> axis(t.input());
            case Op.Cast _ -> NONE;
            case Op.Binary _, Op.Select _ -> elementwise(t);
            case Op.Reduce(var _, var axes) -> axes.contains(axis(t.input())) ? NONE : axis(t.input());
            case Op.Broadcast(var to) -> {
                int axis = axis(t.input());
                yield axis != NONE && to.size(axis) == t.input().shape().size(axis) ? axis : NONE;
            }
            case Op.Reshape(var to) ->
                axis(t.input()) == NONE ? NONE : same(t.input().shape(), axis(t.input()), to);
            case Op.Transpose(var order) -> order.indexOf(axis(t.input()));
            case Op.Slice(int axis, int _, int _) -> axis == axis(t.input()) ? NONE : axis(t.input());
            case Op.Pad(int axis, int _, int _, double _) -> axis == axis(t.input()) ? NONE : axis(t.input());
            case Op.Concat(int along) -> {
                int axis = elementwise(t);
                yield axis == along ? NONE : axis;
            }
            case Op.MatMul(boolean transposeA, boolean transposeB) -> matmul(t, transposeA, transposeB);
            case Op.Conv2d _, Op.Conv2dInputGrad _ ->
                axis(t.inputs().get(1)) == NONE && axis(t.input()) == 0 ? 0 : NONE;
            case Op.Patches _, Op.PatchesGrad _ -> axis(t.input()) == 0 ? 0 : NONE;
        };
    }

    private int elementwise(Tensor t) {
        int axis = t.inputs().stream()
                .mapToInt(this::axis)
                .filter(a -> a != NONE)
                .findFirst()
                .orElse(NONE);
        if (axis != NONE) {
            for (Tensor operand : t.inputs()) {
                follow(operand, axis);
            }
        }
        return axis;
    }

    private int matmul(Tensor t, boolean transposeA, boolean transposeB) {
        if (t.shape().rank() != 2) {
            return NONE;
        }
        int a = axis(t.input());
        int b = axis(t.inputs().get(1));
        if (b == NONE && a == (transposeA ? 1 : 0)) {
            return 0;
        }
        return a == NONE && b == (transposeB ? 0 : 1) ? 1 : NONE;
    }

    /** The axis of {@code to} that holds the same rows as an axis of {@code from}: as many elements before it and as long. */
    static int same(Shape from, int axis, Shape to) {
        int before = from.elements() / from.strides()[axis] / from.size(axis);
        int product = 1;
        for (int i = 0; i < to.rank(); i++) {
            if (product == before && to.size(i) == from.size(axis)) {
                return i;
            }
            product *= to.size(i);
        }
        return NONE;
    }

    private void follow(Tensor t, int axis) {
        if (able(t, axis, new HashSet<>())) {
            lead(t, axis);
        }
    }

    /** True if the tensor could count examples along this axis at no cost. */
    private boolean able(Tensor t, int axis, Set<Tensor> seen) {
        if (axis(t) != NONE || !seen.add(t)) {
            return axis(t) == axis || axis(t) == NONE;
        }
        return switch (t.op()) {
            case Op.Constant _ -> true;
            case Op.Unary _, Op.Binary _, Op.Select _ ->
                t.inputs().stream().allMatch(operand -> able(operand, axis, seen));
            case Op.Broadcast(var to) -> to.size(axis) != t.input().shape().size(axis) || able(t.input(), axis, seen);
            case Op.Reduce(var _, var axes) -> !axes.contains(axis) && able(t.input(), axis, seen);
            case Op.Reshape _ -> {
                int from = same(t.shape(), axis, t.input().shape());
                yield from != NONE && able(t.input(), from, seen);
            }
            case Op.MatMul(boolean transposeA, boolean _) ->
                t.shape().rank() == 2
                        && axis == 0
                        && axis(t.inputs().get(1)) == NONE
                        && able(t.input(), transposeA ? 1 : 0, seen);
            case Op.Conv2d _, Op.Conv2dInputGrad _ ->
                axis == 0 && axis(t.inputs().get(1)) == NONE && able(t.input(), 0, seen);
            case Op.Input _,
                    Op.Variable _,
                    Op.Random _,
                    Op.Iota _,
                    Op.Cast _,
                    Op.StopGradient _,
                    Op.ArgMax _,
                    Op.Transpose _,
                    Op.Slice _,
                    Op.Pad _,
                    Op.Concat _,
                    Op.Conv2dKernelGrad _,
                    Op.Gather _,
                    Op.ScatterAdd _,
                    Op.Patches _,
                    Op.PatchesGrad _ -> false;
        };
    }

    private void lead(Tensor t, int axis) {
        if (axis(t) != NONE || t.op() instanceof Op.Constant) {
            return;
        }
        set(t, axis);
        switch (t.op()) {
            case Op.Broadcast(var to) when to.size(axis) != t.input().shape().size(axis) -> {}
            case Op.Reshape _ -> lead(t.input(), same(t.shape(), axis, t.input().shape()));
            case Op.MatMul(boolean transposeA, boolean _) -> lead(t.input(), transposeA ? 1 : 0);
            case Op.Conv2d _, Op.Conv2dInputGrad _ -> lead(t.input(), 0);
            case Op.Broadcast _, Op.Unary _, Op.Binary _, Op.Select _, Op.Reduce _ ->
                t.inputs().forEach(operand -> lead(operand, axis));
            case Op.Input _,
                    Op.Variable _,
                    Op.Constant _,
                    Op.Random _,
                    Op.Iota _,
                    Op.Cast _,
                    Op.StopGradient _,
                    Op.ArgMax _,
                    Op.Transpose _,
                    Op.Slice _,
                    Op.Pad _,
                    Op.Concat _,
                    Op.Conv2dKernelGrad _,
                    Op.Gather _,
                    Op.ScatterAdd _,
                    Op.Patches _,
                    Op.PatchesGrad _ -> {}
        }
    }
}
