package thimble.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Rules for primitives that only move elements; all keep the bits. */
final class MovementRules {
    private final Simplify simplify;

    MovementRules(Simplify simplify) {
        this.simplify = simplify;
    }

    /** A constant moved is the constant of the new shape. */
    private Optional<Tensor> moved(Tensor a, Shape to) {
        OptionalDouble value = simplify.value(a);
        return value.isPresent()
                ? Optional.of(simplify.constant(value.getAsDouble(), to, a.dtype()))
                : Optional.empty();
    }

    Optional<Tensor> broadcast(Shape to, Tensor a) {
        if (a.shape().equals(to)) {
            return Optional.of(a);
        }
        if (simplify.op(a) instanceof Op.Broadcast) {
            return Optional.of(simplify.make(new Op.Broadcast(to), a.input()));
        }
        return moved(a, to);
    }

    Optional<Tensor> reshape(Shape to, Tensor a) {
        if (a.shape().equals(to)) {
            return Optional.of(a);
        }
        if (simplify.op(a) instanceof Op.Reshape) {
            return Optional.of(simplify.make(new Op.Reshape(to), a.input()));
        }
        return moved(a, to);
    }

    Optional<Tensor> transpose(List<Integer> order, Tensor a) {
        if (order.equals(a.shape().axesFrom(0))) {
            return Optional.of(a);
        }
        Shape to = Shape.of(order.stream().mapToInt(a.shape()::size).toArray());
        if (simplify.op(a) instanceof Op.Transpose(var inner)) {
            return Optional.of(simplify.make(
                    new Op.Transpose(order.stream().map(inner::get).toList()), a.input()));
        }
        if (simplify.op(a) instanceof Op.Broadcast) {
            return Optional.of(simplify.make(new Op.Broadcast(to), simplify.make(new Op.Transpose(order), a.input())));
        }
        List<Integer> kept =
                order.stream().filter(axis -> a.shape().size(axis) > 1).toList();
        if (IntStream.range(1, kept.size())
                .allMatch(i -> kept.get(i - 1) < kept.get(i))) { // only axes of size 1 change places
            return Optional.of(simplify.make(new Op.Reshape(to), a));
        }
        return moved(a, to);
    }

    Optional<Tensor> slice(int axis, int from, int to, Tensor a) {
        if (from == 0 && to == a.shape().size(axis)) {
            return Optional.of(a);
        }
        Shape shape = a.shape().with(axis, to - from);
        if (simplify.op(a) instanceof Op.Slice(int inner, int start, int _) && inner == axis) {
            return Optional.of(simplify.make(new Op.Slice(axis, start + from, start + to), a.input()));
        }
        if (simplify.op(a) instanceof Op.Concat(int inner) && inner == axis) {
            return sliceOfParts(axis, from, to, a.inputs());
        }
        if (simplify.op(a) instanceof Op.Pad(int inner, int before, int _, double value) && inner == axis) {
            int size = a.input().shape().size(axis);
            if (from >= before && to <= before + size) {
                return Optional.of(simplify.make(new Op.Slice(axis, from - before, to - before), a.input()));
            }
            if (to <= before || from >= before + size) {
                return Optional.of(simplify.constant(value, shape, a.dtype()));
            }
        }
        if (simplify.op(a) instanceof Op.Broadcast && a.input().shape().size(axis) == 1) {
            return Optional.of(simplify.make(new Op.Broadcast(shape), a.input()));
        }
        return moved(a, shape);
    }

    /** A slice of a concatenation that touches one part is a slice of it; one that begins and ends with parts is their concatenation. */
    private Optional<Tensor> sliceOfParts(int axis, int from, int to, List<Tensor> parts) {
        List<Tensor> whole = new ArrayList<>();
        int begin = 0;
        for (Tensor part : parts) {
            int end = begin + part.shape().size(axis);
            if (from >= begin && to <= end) {
                return Optional.of(simplify.make(new Op.Slice(axis, from - begin, to - begin), part));
            }
            if (from < end && to > begin) {
                if (begin < from || end > to) {
                    return Optional.empty();
                }
                whole.add(part);
            }
            begin = end;
        }
        return Optional.of(simplify.make(new Op.Concat(axis), whole));
    }

    Optional<Tensor> pad(Op.Pad pad, Tensor a) {
        if (pad.before() == 0 && pad.after() == 0) {
            return Optional.of(a);
        }
        if (simplify.op(a) instanceof Op.Pad(int axis, int before, int after, double value)
                && axis == pad.axis()
                && value == pad.value()) {
            return Optional.of(
                    simplify.make(new Op.Pad(axis, before + pad.before(), after + pad.after(), value), a.input()));
        }
        if (simplify.is(a, pad.value())) {
            int size = a.shape().size(pad.axis()) + pad.before() + pad.after();
            return moved(a, a.shape().with(pad.axis(), size));
        }
        return Optional.empty();
    }

    Optional<Tensor> concat(int axis, List<Tensor> parts) {
        List<Tensor> flat = new ArrayList<>();
        for (Tensor part : parts) {
            List<Tensor> inner =
                    simplify.op(part) instanceof Op.Concat(int other) && other == axis ? part.inputs() : List.of(part);
            for (Tensor one : inner) {
                Optional<Tensor> merged = flat.isEmpty() ? Optional.empty() : neighbours(axis, flat.getLast(), one);
                if (merged.isPresent()) {
                    flat.removeLast();
                }
                flat.add(merged.orElse(one));
            }
        }
        if (flat.size() == 1) {
            return Optional.of(flat.getFirst());
        }
        return flat.equals(parts) ? Optional.empty() : Optional.of(simplify.make(new Op.Concat(axis), flat));
    }

    /** Two neighbouring slices of one tensor, or two equal constants, as one. */
    private Optional<Tensor> neighbours(int axis, Tensor a, Tensor b) {
        if (simplify.op(a) instanceof Op.Slice(int first, int from, int middle)
                && simplify.op(b) instanceof Op.Slice(int second, int next, int to)
                && first == axis
                && second == axis
                && middle == next
                && a.input() == b.input()) {
            return Optional.of(simplify.make(new Op.Slice(axis, from, to), a.input()));
        }
        OptionalDouble value = simplify.value(a);
        if (value.isPresent() && simplify.is(b, value.getAsDouble())) {
            return moved(
                    a, a.shape().with(axis, a.shape().size(axis) + b.shape().size(axis)));
        }
        return Optional.empty();
    }
}
