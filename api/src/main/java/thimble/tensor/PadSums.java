package thimble.tensor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sums of zero-padded pieces that do not overlap, such as the gradient of all slices of a sequence, become one concatenation; keeps the bits
 * if all terms are such pieces. Terms are gathered along chains of sums of which each has one user, so that the work is linear.
 */
final class PadSums {
    private static final Op ADD = new Op.Binary(Op.BinaryKind.ADD);

    private record Piece(Tensor tensor, int from, int to) {}

    private final Simplify simplify;
    private final Map<Tensor, Integer> users = new IdentityHashMap<>();
    private final Map<Tensor, Boolean> inner = new IdentityHashMap<>();
    private final Map<Tensor, List<Tensor>> gathered = new IdentityHashMap<>();

    PadSums(Simplify simplify, List<Tensor> order, Collection<Tensor> roots) {
        this.simplify = simplify;
        roots.forEach(root -> users.merge(root, 2, Integer::sum));
        for (Tensor tensor : order) {
            tensor.inputs().forEach(operand -> users.merge(operand, 1, Integer::sum));
        }
        for (Tensor tensor : order) {
            if (tensor.op().equals(ADD)) {
                tensor.inputs().stream()
                        .filter(operand -> operand.op().equals(ADD) && users.getOrDefault(operand, 0) == 1)
                        .forEach(operand -> inner.put(operand, true));
            }
        }
    }

    /** The sum that a chain of old nodes ends with, if it has pieces to join; operands must have been simplified. */
    Optional<Tensor> of(Tensor old) {
        if (!old.op().equals(ADD)) {
            return Optional.empty();
        }
        List<Tensor> terms = terms(old.input());
        terms.addAll(terms(old.inputs().get(1)));
        if (inner.containsKey(old)) {
            gathered.put(old, terms);
            return Optional.empty();
        }
        return joined(terms);
    }

    private List<Tensor> terms(Tensor operand) {
        List<Tensor> known = gathered.remove(operand);
        return known == null ? new ArrayList<>(List.of(simplify.now(operand))) : known;
    }

    private Optional<Tensor> joined(List<Tensor> terms) {
        Optional<Tensor> first = terms.stream().filter(this::padded).findFirst();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        int axis = ((Op.Pad) first.get().op()).axis();
        List<Piece> pieces = new ArrayList<>();
        List<Tensor> others = new ArrayList<>();
        for (Tensor term : terms) {
            if (padded(term) && term.op() instanceof Op.Pad(int along, int before, int _, double _) && along == axis) {
                pieces.add(new Piece(
                        term.input(), before, before + term.input().shape().size(axis)));
            } else {
                others.add(term);
            }
        }
        pieces.sort(Comparator.comparingInt(Piece::from));
        boolean overlap = false;
        for (int i = 1; i < pieces.size(); i++) {
            overlap |= pieces.get(i).from() < pieces.get(i - 1).to();
        }
        if (pieces.size() < 2 || overlap) {
            return Optional.empty();
        }
        Tensor sum = concatenated(axis, pieces, first.get().shape());
        for (Tensor other : others) {
            sum = simplify.make(ADD, other, sum);
        }
        return Optional.of(sum);
    }

    private boolean padded(Tensor term) {
        return simplify.op(term) instanceof Op.Pad(int _, int _, int _, double value) && value == 0;
    }

    private Tensor concatenated(int axis, List<Piece> pieces, Shape to) {
        List<Tensor> parts = new ArrayList<>();
        int end = pieces.getFirst().from();
        for (Piece piece : pieces) {
            if (piece.from() > end) {
                parts.add(simplify.constant(
                        0, to.with(axis, piece.from() - end), piece.tensor().dtype()));
            }
            parts.add(piece.tensor());
            end = piece.to();
        }
        Tensor inside = simplify.make(new Op.Concat(axis), parts);
        return simplify.make(new Op.Pad(axis, pieces.getFirst().from(), to.size(axis) - end, 0), inside);
    }
}
