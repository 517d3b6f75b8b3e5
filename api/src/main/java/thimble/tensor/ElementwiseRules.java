package thimble.tensor;

import static thimble.tensor.Op.BinaryKind.ADD;
import static thimble.tensor.Op.BinaryKind.DIV;
import static thimble.tensor.Op.BinaryKind.MAX;
import static thimble.tensor.Op.BinaryKind.MUL;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rules for functions of single elements. */
final class ElementwiseRules {
    private static final Op NEG = new Op.Unary(Op.UnaryKind.NEG);
    /** A quotient by a smaller tensor is worth a product with its reciprocal from this ratio of sizes on. */
    private static final int MUCH_SMALLER = 4;

    private final Simplify simplify;

    ElementwiseRules(Simplify simplify) {
        this.simplify = simplify;
    }

    Optional<Tensor> unary(Op.UnaryKind kind, Tensor a) {
        Op op = new Op.Unary(kind);
        boolean neg = kind == Op.UnaryKind.NEG;
        if (known(a)) { // −, sign and floor keep the bits; the others are computed in float64 and rounded once
            return Optional.of(simplify.constant(Elementwise.unary(kind, number(a))[0], a.shape(), a.dtype()));
        }
        if (neg && negated(a)) { // keeps the bits: − − x = x
            return Optional.of(a.input());
        }
        boolean settles = kind == Op.UnaryKind.SIGN || kind == Op.UnaryKind.FLOOR;
        if (settles && op.equals(simplify.op(a))) { // keeps the bits: sign sign x = sign x
            return Optional.of(a);
        }
        if (neg && is(a, MUL) && known(a.inputs().get(1))) { // keeps the bits: −(x · c) = x · −c
            return Optional.of(simplify.make(
                    simplify.op(a), a.input(), simplify.make(NEG, a.inputs().get(1))));
        }
        if (simplify.op(a) instanceof Op.Broadcast broadcast) { // keeps the bits: the small tensor first
            return Optional.of(simplify.make(broadcast, simplify.make(op, a.input())));
        }
        return Optional.empty();
    }

    Optional<Tensor> binary(Op.BinaryKind kind, Tensor a, Tensor b) {
        Op op = new Op.Binary(kind);
        if (known(a) && known(b)) { // as for unary
            double[] folded = Elementwise.binary(kind, a.dtype(), number(a), number(b));
            return Optional.of(simplify.constant(folded[0], a.shape(), ShapeRules.dtype(op, List.of(a, b))));
        }
        Optional<Tensor> found = switch (kind) {
            case ADD -> add(a, b);
            case MUL -> mul(a, b);
            case DIV -> div(a, b);
            case MAX -> max(a, b);
            // keeps the bits: x < x, x = x
            case LESS -> same(a, b, simplify.constant(0, a.shape(), DType.FLOAT32));
            case EQUAL -> same(a, b, simplify.constant(1, a.shape(), DType.FLOAT32));
        };
        return found.or(() -> joined(op, List.of(a, b))).or(() -> kind == DIV ? reciprocal(a, b) : Optional.empty());
    }

    private static Optional<Tensor> same(Tensor a, Tensor b, Tensor result) {
        return a == b ? Optional.of(result) : Optional.empty();
    }

    private Optional<Tensor> add(Tensor a, Tensor b) {
        Op op = new Op.Binary(ADD);
        if (known(a)) { // keeps the bits: constants second
            return Optional.of(simplify.make(op, b, a));
        }
        if (simplify.is(b, 0)) { // keeps the bits, but for the sign of −0
            return Optional.of(a);
        }
        if (a == b) { // keeps the bits: x + x = 2 x
            return Optional.of(simplify.make(new Op.Binary(MUL), a, simplify.constant(2, a.shape(), a.dtype())));
        }
        if (known(b) && is(a, ADD) && known(a.inputs().get(1))) { // rounds once less: (x + c) + d = x + (c + d)
            return Optional.of(
                    simplify.make(op, a.input(), simplify.make(op, a.inputs().get(1), b)));
        }
        return Optional.empty();
    }

    private Optional<Tensor> mul(Tensor a, Tensor b) {
        Op op = new Op.Binary(MUL);
        if (known(a)) { // keeps the bits: constants second
            return Optional.of(simplify.make(op, b, a));
        }
        if (simplify.is(b, 0)) { // keeps the bits where a is finite, but for the sign of 0
            return Optional.of(b);
        }
        if (simplify.is(b, 1)) { // keeps the bits
            return Optional.of(a);
        }
        if (known(b)) {
            return scaled(op, a, b);
        }
        if (negated(a) && negated(b)) { // keeps the bits: −x · −y = x · y
            return Optional.of(simplify.make(op, a.input(), b.input()));
        }
        if (simplify.mask(b) && !simplify.mask(a)) { // keeps the bits: masks first
            return Optional.of(simplify.make(op, b, a));
        }
        if (simplify.mask(a)
                && (a == b || is(b, MUL) && b.input() == a)) { // keeps the bits: m · m = m, m · (m · x) = m · x
            return Optional.of(b);
        }
        return Optional.empty();
    }

    private Optional<Tensor> scaled(Op op, Tensor a, Tensor c) {
        if (is(a, MUL) && known(a.inputs().get(1))) { // rounds once less: (x · c) · d = x · (c · d)
            return Optional.of(
                    simplify.make(op, a.input(), simplify.make(op, a.inputs().get(1), c)));
        }
        if (negated(a)) { // keeps the bits: −x · c = x · −c
            return Optional.of(simplify.make(op, a.input(), simplify.make(NEG, c)));
        }
        if (simplify.is(c, -1) && a.dtype() == DType.FLOAT32) { // keeps the bits
            return Optional.of(simplify.make(NEG, a));
        }
        if (simplify.op(a)
                instanceof
                Op.Reshape reshape) { // keeps the bits: factors move through a reshape, where they meet others
            Tensor factor = simplify.make(new Op.Reshape(a.input().shape()), c);
            return Optional.of(simplify.make(reshape, simplify.make(op, a.input(), factor)));
        }
        return Optional.empty();
    }

    private Optional<Tensor> div(Tensor a, Tensor b) {
        if (simplify.is(a, 0) && !simplify.is(b, 0)) { // keeps the bits where b is not 0
            return Optional.of(a);
        }
        if (simplify.is(b, 1)) { // keeps the bits
            return Optional.of(a);
        }
        if (known(b) && a.dtype() == DType.FLOAT32) { // rounds twice instead of once, but for powers of 2
            Tensor inverse = simplify.constant(1 / number(b)[0], b.shape(), b.dtype());
            return Optional.of(simplify.make(new Op.Binary(MUL), a, inverse));
        }
        return Optional.empty();
    }

    /** Rounds twice instead of once: x / broadcast(y) = x · broadcast(1 / y) where y is much smaller. */
    private Optional<Tensor> reciprocal(Tensor a, Tensor b) {
        if (!(simplify.op(b) instanceof Op.Broadcast broadcast)
                || a.dtype() != DType.FLOAT32
                || known(a)
                || (long) MUCH_SMALLER * b.input().shape().elements()
                        > b.shape().elements()) {
            return Optional.empty();
        }
        Tensor one = simplify.constant(1, b.input().shape(), DType.FLOAT32);
        Tensor inverse = simplify.make(broadcast, simplify.make(new Op.Binary(DIV), one, b.input()));
        return Optional.of(simplify.make(new Op.Binary(MUL), a, inverse));
    }

    private Optional<Tensor> max(Tensor a, Tensor b) {
        if (a == b) { // keeps the bits
            return Optional.of(a);
        }
        if (known(b)
                && is(a, MAX)
                && known(a.inputs().get(1))) { // keeps the bits: max(max(x, c), d) = max(x, max(c, d))
            Op op = new Op.Binary(MAX);
            return Optional.of(
                    simplify.make(op, a.input(), simplify.make(op, a.inputs().get(1), b)));
        }
        return Optional.empty();
    }

    Optional<Tensor> select(List<Tensor> in) {
        Tensor yes = in.get(1);
        Tensor no = in.get(2);
        if (known(in.getFirst())) { // keeps the bits
            return Optional.of(simplify.is(in.getFirst(), 0) ? no : yes);
        }
        return yes == no ? Optional.of(yes) : joined(new Op.Select(), in); // keeps the bits
    }

    Optional<Tensor> cast(DType to, Tensor a) {
        if (a.dtype() == to) { // keeps the bits
            return Optional.of(a);
        }
        if (known(a)) { // keeps the bits
            return Optional.of(simplify.constant(to == DType.INT32 ? (int) number(a)[0] : number(a)[0], a.shape(), to));
        }
        if (simplify.op(a) instanceof Op.Broadcast broadcast) { // keeps the bits: the small tensor first
            return Optional.of(simplify.make(broadcast, simplify.make(new Op.Cast(to), a.input())));
        }
        return Optional.empty();
    }

    /** Keeps the bits: where operands are stretched, computes on the smallest shape that holds them all and stretches the result. */
    private Optional<Tensor> joined(Op op, List<Tensor> operands) {
        Shape to = operands.getFirst().shape();
        int[] sizes = new int[to.rank()];
        Arrays.fill(sizes, 1);
        for (Tensor operand : operands) {
            if (known(operand)) {
                continue;
            }
            Shape from = simplify.op(operand) instanceof Op.Broadcast
                    ? operand.input().shape()
                    : to;
            for (int axis = 0; axis < sizes.length; axis++) {
                sizes[axis] = Math.max(sizes[axis], from.size(axis));
            }
        }
        Shape join = Shape.of(sizes);
        if (join.equals(to)) {
            return Optional.empty();
        }
        List<Tensor> small = operands.stream()
                .map(operand -> known(operand)
                        ? simplify.constant(number(operand)[0], join, operand.dtype())
                        : simplify.make(new Op.Broadcast(join), operand.input()))
                .toList();
        return Optional.of(simplify.make(new Op.Broadcast(to), simplify.make(op, small)));
    }

    /** True if all elements of a new node are 0 or 1. */
    boolean isMask(Tensor tensor) {
        if (tensor.op() instanceof Op.Binary(var kind)) {
            Tensor a = tensor.input();
            Tensor b = tensor.inputs().get(1);
            return switch (kind) {
                case LESS, EQUAL -> true;
                case MUL -> simplify.mask(a) && simplify.mask(b);
                case ADD -> negated(a) && simplify.mask(a.input()) && simplify.is(b, 1);
                case DIV, MAX -> false;
            };
        }
        boolean moves = tensor.op() instanceof Op.Broadcast
                || tensor.op() instanceof Op.Reshape
                || tensor.op() instanceof Op.Transpose;
        return (moves || tensor.op() instanceof Op.Slice) && simplify.mask(tensor.input());
    }

    private boolean negated(Tensor tensor) {
        return NEG.equals(simplify.op(tensor));
    }

    private boolean is(Tensor tensor, Op.BinaryKind kind) {
        return simplify.op(tensor) instanceof Op.Binary(var found) && found == kind;
    }

    private boolean known(Tensor tensor) {
        return simplify.value(tensor).isPresent();
    }

    private double[] number(Tensor constant) {
        return new double[] {simplify.value(constant).orElseThrow()};
    }
}
