package thimble.tensor;

import static thimble.tensor.Tensor.constant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reverse-mode differentiation as a function from graphs to graphs. The derivative of each primitive is written with primitives, so results
 * can be differentiated again, to any order.
 */
public final class Gradients {
    private final Set<Tensor> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Tensor, Tensor> gradients = new IdentityHashMap<>();

    private Gradients() {}

    /**
     * Gradients of a scalar with respect to each tensor, in one pass; zeros where it does not depend on it.
     *
     * @param scalar one element, FLOAT32
     * @param wrt FLOAT32 tensors, leaves or inner nodes
     * @return one gradient per tensor, of its shape
     * @throws IllegalArgumentException if {@code scalar} has more than one element
     */
    public static List<Tensor> of(Tensor scalar, List<Tensor> wrt) {
        if (scalar.shape().elements() != 1 || scalar.dtype() != DType.FLOAT32) {
            throw new IllegalArgumentException("[gradient] expected a FLOAT32 scalar but received " + scalar);
        }
        Gradients pass = new Gradients();
        List<Tensor> order = Tensor.topological(List.of(scalar));
        Set<Tensor> targets = Collections.newSetFromMap(new IdentityHashMap<>());
        targets.addAll(wrt);
        for (Tensor tensor : order) {
            boolean reaches = !(tensor.op() instanceof Op.StopGradient)
                    && tensor.inputs().stream().anyMatch(pass.needed::contains);
            if (reaches || targets.contains(tensor)) {
                pass.needed.add(tensor);
            }
        }
        pass.gradients.put(scalar, constant(1, scalar.shape()));
        for (Tensor tensor : order.reversed()) {
            Tensor gradient = pass.gradients.get(tensor);
            if (gradient != null && !tensor.inputs().isEmpty() && pass.needed.contains(tensor)) {
                pass.into(tensor, gradient);
            }
        }
        return wrt.stream()
                .map(w -> pass.gradients.getOrDefault(w, constant(0, w.shape())))
                .toList();
    }

    private void add(Tensor operand, Tensor gradient) {
        if (needed.contains(operand)) {
            gradients.merge(operand, gradient, Tensor::add);
        }
    }

    /** The derivative table: given g = ∂L/∂y, adds ∂L/∂operand for each operand of y. */
    private void into(Tensor y, Tensor g) {
        Tensor a = y.input();
        switch (y.op()) {
            case Op.Input _, Op.Variable _, Op.Constant _, Op.Random _, Op.Iota _, Op.StopGradient _, Op.ArgMax _ -> {}
            case Op.Unary(var kind) -> unary(kind, y, a, g);
            case Op.Binary(var kind) -> binary(kind, y, a, y.inputs().get(1), g);
            case Op.Select() -> {
                Tensor zero = constant(0, g.shape());
                add(y.inputs().get(1), a.select(g, zero));
                add(y.inputs().get(2), a.select(zero, g));
            }
            case Op.Cast _ -> {
                if (a.dtype() == y.dtype()) {
                    add(a, g);
                }
            }
            case Op.Reduce(var kind, var axes) -> {
                switch (kind) {
                    case SUM -> add(a, g.broadcast(a.shape()));
                    case MAX -> {
                        Tensor hit = a.equal(y.broadcast(a.shape()));
                        add(a, hit.mul(g.div(hit.sum(axes)).broadcast(a.shape())));
                    }
                }
            }
            case Op.Broadcast(var to) -> {
                List<Integer> stretched = new ArrayList<>();
                for (int axis = 0; axis < to.rank(); axis++) {
                    if (to.size(axis) != a.shape().size(axis)) {
                        stretched.add(axis);
                    }
                }
                add(a, g.sum(stretched));
            }
            case Op.Reshape _ -> add(a, g.reshape(a.shape()));
            case Op.Transpose(var order) -> {
                int[] inverse = new int[order.size()];
                for (int i = 0; i < inverse.length; i++) {
                    inverse[order.get(i)] = i;
                }
                add(a, g.transpose(inverse));
            }
            case Op.Slice(int axis, int from, int to) ->
                add(a, g.pad(axis, from, a.shape().size(axis) - to));
            case Op.Pad(int axis, int before, int _, double _) ->
                add(a, g.slice(axis, before, before + a.shape().size(axis)));
            case Op.Concat(int axis) -> {
                int from = 0;
                for (Tensor part : y.inputs()) {
                    int to = from + part.shape().size(axis);
                    add(part, g.slice(axis, from, to));
                    from = to;
                }
            }
            case Op.MatMul(boolean transposeA, boolean transposeB) -> {
                Tensor b = y.inputs().get(1);
                add(
                        a,
                        transposeA
                                ? Tensor.of(new Op.MatMul(transposeB, true), b, g)
                                : Tensor.of(new Op.MatMul(false, !transposeB), g, b));
                add(
                        b,
                        transposeB
                                ? Tensor.of(new Op.MatMul(true, transposeA), g, a)
                                : Tensor.of(new Op.MatMul(!transposeA, false), a, g));
            }
            // conv2d and its adjoints are the three faces of one trilinear form ⟨conv(x, k), g⟩
            case Op.Conv2d(var window) -> {
                Tensor k = y.inputs().get(1);
                add(a, Tensor.of(new Op.Conv2dInputGrad(window, a.shape()), g, k));
                add(k, Tensor.of(new Op.Conv2dKernelGrad(window, k.shape()), a, g));
            }
            case Op.Conv2dInputGrad(var window, var _) -> {
                Tensor k = y.inputs().get(1);
                add(a, g.conv2d(k, window));
                add(k, Tensor.of(new Op.Conv2dKernelGrad(window, k.shape()), g, a));
            }
            case Op.Conv2dKernelGrad(var window, var _) -> {
                Tensor out = y.inputs().get(1);
                add(a, Tensor.of(new Op.Conv2dInputGrad(window, a.shape()), out, g));
                add(out, a.conv2d(g, window));
            }
            case Op.Gather(int axis) ->
                add(
                        a,
                        Tensor.of(
                                new Op.ScatterAdd(axis, a.shape().size(axis)),
                                g,
                                y.inputs().get(1)));
            case Op.ScatterAdd(int axis, int _) ->
                add(a, g.gather(axis, y.inputs().get(1)));
            case Op.Patches(var window) -> add(a, Tensor.of(new Op.PatchesGrad(window, a.shape()), g));
            case Op.PatchesGrad(var window, var _) -> add(a, g.patches(window));
        }
    }

    private void unary(Op.UnaryKind kind, Tensor y, Tensor a, Tensor g) {
        switch (kind) {
            case NEG -> add(a, g.neg());
            case EXP -> add(a, g.mul(y));
            case LOG -> add(a, g.div(a));
            case SQRT -> add(a, g.div(y.mul(2)));
            case SIN -> add(a, g.mul(a.cos()));
            case TANH -> add(a, g.mul(y.square().neg().add(1)));
            case SIGN, FLOOR -> {}
        }
    }

    private void binary(Op.BinaryKind kind, Tensor y, Tensor a, Tensor b, Tensor g) {
        switch (kind) {
            case ADD -> {
                add(a, g);
                add(b, g);
            }
            case MUL -> {
                add(a, g.mul(b));
                add(b, g.mul(a));
            }
            case DIV -> {
                add(a, g.div(b));
                add(b, g.mul(y).div(b).neg());
            }
            case MAX -> {
                Tensor first = b.less(a);
                add(a, first.mul(g));
                add(b, first.neg().add(1).mul(g));
            }
            case LESS, EQUAL -> {}
        }
    }
}
