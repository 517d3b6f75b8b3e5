package thimble.tensor;

import static thimble.tensor.Op.BinaryKind.ADD;
import static thimble.tensor.Op.BinaryKind.MAX;
import static thimble.tensor.Op.BinaryKind.MUL;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Rules for reductions. */
final class ReductionRules {
    private final Simplify simplify;

    ReductionRules(Simplify simplify) {
        this.simplify = simplify;
    }

    Optional<Tensor> reduce(Op.ReduceKind kind, List<Integer> axes, Tensor a) {
        List<Integer> needed =
                axes.stream().filter(axis -> a.shape().size(axis) > 1).sorted().toList();
        if (needed.isEmpty()) { // keeps the bits
            return Optional.of(a);
        }
        if (!needed.equals(axes)) { // keeps the bits: one spelling for equal reductions
            return Optional.of(simplify.make(new Op.Reduce(kind, needed), a));
        }
        Shape to = a.shape().withOnes(axes);
        boolean sum = kind == Op.ReduceKind.SUM;
        OptionalDouble value = simplify.value(a);
        if (value.isPresent()) { // a sum of equal numbers becomes a product, which rounds once
            double count = (double) a.shape().elements() / to.elements();
            return Optional.of(
                    simplify.constant(sum ? value.getAsDouble() * count : value.getAsDouble(), to, a.dtype()));
        }
        if (simplify.op(a) instanceof Op.Broadcast) {
            return Optional.of(stretched(kind, axes, a, to));
        }
        return sum ? factored(axes, a, to) : monotone(axes, a, to);
    }

    Optional<Tensor> argMax(int axis, Tensor a) {
        boolean first = a.shape().size(axis) == 1 || simplify.value(a).isPresent();
        // keeps the bits
        return first ? Optional.of(simplify.constant(0, a.shape().with(axis, 1), DType.INT32)) : Optional.empty();
    }

    /** The largest of copies keeps its bits; a sum of copies becomes a product, which rounds once. */
    private Tensor stretched(Op.ReduceKind kind, List<Integer> axes, Tensor broadcast, Shape to) {
        Tensor small = broadcast.input();
        Tensor reduced = simplify.make(new Op.Reduce(kind, axes), small);
        double copies = 1;
        for (int axis : axes) {
            copies *= (double) broadcast.shape().size(axis) / small.shape().size(axis);
        }
        if (kind == Op.ReduceKind.SUM) {
            reduced = simplify.make(
                    new Op.Binary(MUL), reduced, simplify.constant(copies, reduced.shape(), DType.FLOAT32));
        }
        return simplify.make(new Op.Broadcast(to), reduced);
    }

    private Optional<Tensor> factored(List<Integer> axes, Tensor a, Shape to) {
        Op op = new Op.Reduce(Op.ReduceKind.SUM, axes);
        if (simplify.op(a) instanceof Op.Unary(var kind) && kind == Op.UnaryKind.NEG) { // keeps the bits: Σ −x = −Σ x
            return Optional.of(simplify.make(a.op(), simplify.make(op, a.input())));
        }
        if (simplify.op(a) instanceof Op.Binary(var kind) && kind == MUL) {
            OptionalDouble factor = simplify.value(a.inputs().get(1));
            if (factor.isPresent()) { // rounds once instead of once per term: Σ c·x = c·Σ x
                return Optional.of(simplify.make(
                        a.op(),
                        simplify.make(op, a.input()),
                        simplify.constant(factor.getAsDouble(), to, DType.FLOAT32)));
            }
        }
        return Optional.empty();
    }

    /**
     * The largest f(x) is f of the largest x where f does not fall: max with a constant, sum with what does not vary inside a window, positive
     * factor, tanh. Keeps the bits (rounding does not fall either; for tanh where the backend's does not). A pool then applies bias and relu
     * once per window.
     */
    private Optional<Tensor> monotone(List<Integer> axes, Tensor a, Shape to) {
        boolean reshaped = simplify.op(a) instanceof Op.Reshape;
        Tensor f = reshaped ? a.input() : a;
        Op op = simplify.op(f);
        if (op instanceof Op.Unary(var kind) && kind == Op.UnaryKind.TANH) {
            return Optional.of(simplify.make(op, largest(axes, f.input(), a.shape())));
        }
        if (!(op instanceof Op.Binary(var kind))) {
            return Optional.empty();
        }
        Tensor second = f.inputs().get(1);
        OptionalDouble value = simplify.value(second);
        Optional<Tensor> reduced = Optional.empty();
        if (value.isPresent() && (kind == ADD || kind == MAX || kind == MUL && value.getAsDouble() > 0)) {
            reduced = Optional.of(simplify.constant(value.getAsDouble(), to, DType.FLOAT32));
        } else if (kind == ADD && simplify.op(second) instanceof Op.Broadcast) {
            reduced = constantInWindow(second, axes, a.shape(), to);
        }
        return reduced.map(other -> simplify.make(op, largest(axes, f.input(), a.shape()), other));
    }

    private Tensor largest(List<Integer> axes, Tensor x, Shape windows) {
        return simplify.make(new Op.Reduce(Op.ReduceKind.MAX, axes), simplify.make(new Op.Reshape(windows), x));
    }

    /**
     * A broadcast tensor that was reshaped to {@code windows}, on the reduced shape; nothing if it varies along a reduced axis. Walks both shapes
     * in groups of axes of equal sizes; in each group the small tensor must be either constant or whole and not reduced.
     */
    private Optional<Tensor> constantInWindow(Tensor broadcast, List<Integer> axes, Shape windows, Shape to) {
        Shape from = broadcast.shape();
        Shape small = broadcast.input().shape();
        int[] sizes = new int[windows.rank()];
        int i = 0;
        int j = 0;
        while (i < from.rank() || j < windows.rank()) {
            int firstFrom = i;
            int firstWindow = j;
            long left = i < from.rank() ? from.size(i++) : 1;
            long right = j < windows.rank() ? windows.size(j++) : 1;
            while (left != right) {
                if (left < right) {
                    left *= from.size(i++);
                } else {
                    right *= windows.size(j++);
                }
            }
            boolean constant = true;
            boolean whole = true;
            for (int axis = firstFrom; axis < i; axis++) {
                constant &= small.size(axis) == 1;
                whole &= small.size(axis) == from.size(axis);
            }
            for (int axis = firstWindow; axis < j; axis++) {
                whole &= !axes.contains(axis);
                sizes[axis] = constant ? 1 : windows.size(axis);
            }
            if (!constant && !whole) {
                return Optional.empty();
            }
        }
        Tensor reshaped = simplify.make(new Op.Reshape(Shape.of(sizes)), broadcast.input());
        return Optional.of(simplify.make(new Op.Broadcast(to), reshaped));
    }
}
