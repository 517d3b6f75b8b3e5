package thimble.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules for contractions, windows and indexing. */
final class ContractionRules {
    private final Simplify simplify;

    ContractionRules(Simplify simplify) {
        this.simplify = simplify;
    }

    Optional<Tensor> matmul(Op.MatMul op, Tensor a, Tensor b) {
        if (swaps(a)) { // keeps the bits: a transpose becomes a flag
            return Optional.of(simplify.make(new Op.MatMul(!op.transposeA(), op.transposeB()), a.input(), b));
        }
        if (swaps(b)) {
            return Optional.of(simplify.make(new Op.MatMul(op.transposeA(), !op.transposeB()), a, b.input()));
        }
        return zero(op, List.of(a, b));
    }

    private boolean swaps(Tensor a) {
        if (!(simplify.op(a) instanceof Op.Transpose(var order))) {
            return false;
        }
        List<Integer> last = new ArrayList<>(a.shape().axesFrom(0));
        last.add(last.remove(last.size() - 2));
        return order.equals(last);
    }

    /** Keeps the bits where the other operand is finite: what is linear in a zero is zero. */
    Optional<Tensor> zero(Op op, List<Tensor> in) {
        boolean any = in.stream().anyMatch(operand -> simplify.is(operand, 0));
        return any ? Optional.of(simplify.constant(0, ShapeRules.shape(op, in), DType.FLOAT32)) : Optional.empty();
    }

    /** Keeps the bits: rows of a constant, and sums of zeros. */
    Optional<Tensor> indexed(Op op, List<Tensor> in) {
        Tensor a = in.getFirst();
        boolean constant = op instanceof Op.Gather ? simplify.value(a).isPresent() : simplify.is(a, 0);
        return constant
                ? Optional.of(simplify.constant(simplify.value(a).orElseThrow(), ShapeRules.shape(op, in), a.dtype()))
                : Optional.empty();
    }
}
