package thimble.tensor;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Output shape and dtype of every primitive; the one place that rejects operands that do not fit. */
final class ShapeRules {
    private ShapeRules() {}

    static Shape shape(Op op, List<Tensor> in) {
        operands(op, in);
        return switch (op) {
            case Op.Input(var _, var shape, var dtype, int batchAxis) -> leaf("input", shape, batchAxis);
            case Op.Variable(var _, var shape) -> shape;
            case Op.Constant(double _, var shape, var _) -> shape;
            case Op.Random(long _, var shape, int batchAxis) -> {
                check(
                        in.get(0).shape().equals(Shape.of(3)),
                        "random",
                        "a key of shape [3]",
                        in.get(0).shape());
                kind("random", in.get(0), DType.INT32);
                yield leaf("random", shape, batchAxis);
            }
            case Op.Iota(var shape, int axis) -> {
                axis("iota", shape, axis);
                yield shape;
            }
            case Op.Unary(var kind) -> {
                kind(GraphText.name(op), in.get(0), DType.FLOAT32);
                yield in.get(0).shape();
            }
            case Op.Binary _ -> same(GraphText.name(op), in);
            case Op.Select() -> {
                kind("select", in.get(0), DType.FLOAT32);
                yield same("select", in);
            }
            case Op.Cast _, Op.StopGradient _ -> in.get(0).shape();
            case Op.Reduce(var kind, var axes) -> {
                String name = kind.name().toLowerCase(Locale.ROOT);
                check(new HashSet<>(axes).size() == axes.size(), name, "distinct axes", axes);
                axes.forEach(axis -> axis(name, in.get(0).shape(), axis));
                kind(name, in.get(0), DType.FLOAT32);
                yield in.get(0).shape().withOnes(axes);
            }
            case Op.ArgMax(int axis) -> {
                axis("argmax", in.get(0).shape(), axis);
                yield in.get(0).shape().with(axis, 1);
            }
            case Op.Broadcast(var to) -> broadcast(in.get(0).shape(), to);
            case Op.Reshape(var to) -> {
                check(
                        to.elements() == in.get(0).shape().elements(),
                        "reshape",
                        in.get(0).shape().elements() + " elements",
                        to);
                yield to;
            }
            case Op.Transpose(var order) -> {
                Shape a = in.get(0).shape();
                check(
                        order.stream().sorted().toList().equals(a.axesFrom(0)),
                        "transpose",
                        "an order of the axes of " + a,
                        order);
                yield Shape.of(order.stream().mapToInt(a::size).toArray());
            }
            case Op.Slice(int axis, int from, int to) -> {
                Shape a = in.get(0).shape();
                axis("slice", a, axis);
                check(
                        0 <= from && from < to && to <= a.size(axis),
                        "slice",
                        "0 <= from < to <= " + a.size(axis),
                        from + " to " + to);
                yield a.with(axis, to - from);
            }
            case Op.Pad(int axis, int before, int after, double _) -> {
                axis("pad", in.get(0).shape(), axis);
                check(before >= 0 && after >= 0, "pad", "before and after >= 0", before + " and " + after);
                yield sized(
                        "pad", in.get(0).shape(), axis, (long) in.get(0).shape().size(axis) + before + after);
            }
            case Op.Concat(int axis) -> concat(axis, in);
            case Op.MatMul(boolean transposeA, boolean transposeB) ->
                matmul(transposeA, transposeB, in.get(0), in.get(1));
            case Op.Conv2d(var window) ->
                conv2d(window, in.get(0).shape(), in.get(1).shape());
            case Op.Conv2dInputGrad(var window, var input) -> {
                Shape expected = conv2d(window, input, in.get(1).shape());
                check(
                        in.get(0).shape().equals(expected),
                        "conv2d input gradient",
                        "a gradient of shape " + expected,
                        in.get(0).shape());
                yield input;
            }
            case Op.Conv2dKernelGrad(var window, var kernel) -> {
                Shape expected = conv2d(window, in.get(0).shape(), kernel);
                check(
                        in.get(1).shape().equals(expected),
                        "conv2d kernel gradient",
                        "a gradient of shape " + expected,
                        in.get(1).shape());
                yield kernel;
            }
            case Op.Gather(int axis) -> {
                indices("gather", in.get(1));
                axis("gather", in.get(0).shape(), axis);
                yield sized("gather", in.get(0).shape(), axis, in.get(1).shape().size(0));
            }
            case Op.ScatterAdd(int axis, int size) -> {
                indices("scatter", in.get(1));
                axis("scatter", in.get(0).shape(), axis);
                check(
                        in.get(0).shape().size(axis) == in.get(1).shape().size(0),
                        "scatter",
                        in.get(1).shape() + " rows on axis " + axis,
                        in.get(0).shape());
                yield sized("scatter", in.get(0).shape(), axis, size);
            }
            case Op.Patches(var window) -> patches(window, in.get(0).shape());
            case Op.PatchesGrad(var window, var input) -> {
                Shape expected = patches(window, input);
                check(
                        in.get(0).shape().equals(expected),
                        "patches gradient",
                        "a gradient of shape " + expected,
                        in.get(0).shape());
                yield input;
            }
        };
    }

    static DType dtype(Op op, List<Tensor> in) {
        return switch (op) {
            case Op.Input(var _, var _, var dtype, int _) -> dtype;
            case Op.Constant(double _, var _, var dtype) -> dtype;
            case Op.Cast(var to) -> to;
            case Op.Iota _, Op.ArgMax _ -> DType.INT32;
            case Op.Binary(var kind)
            when kind != Op.BinaryKind.LESS && kind != Op.BinaryKind.EQUAL ->
                in.get(0).dtype();
            case Op.Select _ -> in.get(1).dtype();
            case Op.StopGradient _,
                    Op.Broadcast _,
                    Op.Reshape _,
                    Op.Transpose _,
                    Op.Slice _,
                    Op.Pad _,
                    Op.Concat _,
                    Op.Gather _ -> in.get(0).dtype();
            case Op.Variable _,
                    Op.Random _,
                    Op.Unary _,
                    Op.Binary _,
                    Op.Reduce _,
                    Op.MatMul _,
                    Op.Conv2d _,
                    Op.Conv2dInputGrad _,
                    Op.Conv2dKernelGrad _,
                    Op.ScatterAdd _,
                    Op.Patches _,
                    Op.PatchesGrad _ -> DType.FLOAT32;
        };
    }

    private static void operands(Op op, List<Tensor> in) {
        int expected = switch (op) {
            case Op.Input _, Op.Variable _, Op.Constant _, Op.Iota _ -> 0;
            case Op.Random _,
                    Op.Unary _,
                    Op.Cast _,
                    Op.StopGradient _,
                    Op.Reduce _,
                    Op.ArgMax _,
                    Op.Broadcast _,
                    Op.Reshape _,
                    Op.Transpose _,
                    Op.Slice _,
                    Op.Pad _,
                    Op.Patches _,
                    Op.PatchesGrad _ -> 1;
            case Op.Binary _,
                    Op.MatMul _,
                    Op.Conv2d _,
                    Op.Conv2dInputGrad _,
                    Op.Conv2dKernelGrad _,
                    Op.Gather _,
                    Op.ScatterAdd _ -> 2;
            case Op.Select _ -> 3;
            case Op.Concat _ -> Math.max(1, in.size());
        };
        check(in.size() == expected, GraphText.name(op), expected + " operands", in.size());
    }

    private static Shape leaf(String name, Shape shape, int batchAxis) {
        check(
                batchAxis == Op.NO_BATCH || batchAxis >= 0 && batchAxis < shape.rank(),
                name,
                "a batch axis of " + shape,
                batchAxis);
        return shape;
    }

    private static Shape same(String name, List<Tensor> in) {
        boolean select = in.size() == 3;
        Tensor first = in.get(select ? 1 : 0);
        for (Tensor other : in) {
            check(other.shape().equals(first.shape()), name, "operands of one shape " + first.shape(), other.shape());
        }
        kind(name, in.getLast(), first.dtype());
        return first.shape();
    }

    private static Shape broadcast(Shape from, Shape to) {
        boolean fits = from.rank() == to.rank()
                && IntStream.range(0, to.rank()).allMatch(i -> from.size(i) == to.size(i) || from.size(i) == 1);
        check(fits, "broadcast", "sizes of " + to + " or 1", from);
        return to;
    }

    private static Shape concat(int axis, List<Tensor> in) {
        check(!in.isEmpty(), "concat", "at least one operand", 0);
        Shape first = in.get(0).shape();
        axis("concat", first, axis);
        long size = 0;
        for (Tensor part : in) {
            check(
                    part.shape().rank() == first.rank()
                            && part.shape().with(axis, 1).equals(first.with(axis, 1)),
                    "concat",
                    "sizes of " + first + " except on axis " + axis,
                    part.shape());
            kind("concat", part, in.get(0).dtype());
            size += part.shape().size(axis);
        }
        return sized("concat", first, axis, size);
    }

    private static long[] longs(Shape shape) {
        return shape.sizes().stream().mapToLong(Integer::longValue).toArray();
    }

    /** A shape with another size on one axis. */
    private static Shape sized(String name, Shape shape, int axis, long size) {
        long[] sizes = longs(shape);
        sizes[axis] = size;
        return Shape.of(name, sizes);
    }

    private static Shape matmul(boolean transposeA, boolean transposeB, Tensor left, Tensor right) {
        kind("matmul", left, DType.FLOAT32);
        kind("matmul", right, DType.FLOAT32);
        Shape a = left.shape();
        Shape b = right.shape();
        int rank = a.rank();
        check(
                rank >= 2
                        && rank == b.rank()
                        && a.sizes().subList(0, rank - 2).equals(b.sizes().subList(0, rank - 2)),
                "matmul",
                "two operands of equal rank >= 2 with equal leading axes",
                a + " x " + b);
        int inner = a.size(transposeA ? rank - 2 : rank - 1);
        check(
                inner == b.size(transposeB ? rank - 1 : rank - 2),
                "matmul",
                "equal inner sizes",
                a + (transposeA ? "ᵀ" : "") + " x " + b + (transposeB ? "ᵀ" : ""));
        long[] sizes = longs(a);
        sizes[rank - 2] = a.size(transposeA ? rank - 1 : rank - 2);
        sizes[rank - 1] = b.size(transposeB ? rank - 2 : rank - 1);
        return Shape.of("matmul", sizes);
    }

    private static Shape conv2d(Window window, Shape x, Shape kernel) {
        check(x.rank() == 4, "conv2d", "input [n, c, h, w]", x);
        check(
                kernel.rank() == 4 && kernel.size(2) == window.kernelHeight() && kernel.size(3) == window.kernelWidth(),
                "conv2d",
                "kernel [o, c / groups, " + window.kernelHeight() + ", " + window.kernelWidth() + "]",
                kernel);
        check(
                x.size(1) == kernel.size(1) * window.groups(),
                "conv2d",
                "an input with " + kernel.size(1) * window.groups() + " channels for kernel " + kernel + " in "
                        + window.groups() + " groups",
                x);
        check(
                kernel.size(0) % window.groups() == 0,
                "conv2d",
                "output channels divisible by " + window.groups() + " groups",
                kernel);
        fits("conv2d", window, x);
        return Shape.of(
                "conv2d", x.size(0), kernel.size(0), window.outputHeight(x.size(2)), window.outputWidth(x.size(3)));
    }

    private static Shape patches(Window window, Shape x) {
        check(x.rank() == 4, "patches", "input [n, c, h, w]", x);
        fits("patches", window, x);
        return Shape.of(
                "patches",
                x.size(0),
                x.size(1),
                (long) window.kernelHeight() * window.kernelWidth(),
                window.outputHeight(x.size(2)),
                window.outputWidth(x.size(3)));
    }

    private static void fits(String name, Window window, Shape x) {
        check(
                window.outputHeight(x.size(2)) >= 1 && window.outputWidth(x.size(3)) >= 1,
                name,
                "an image at least as large as the kernel " + window.kernelHeight() + "x" + window.kernelWidth(),
                x);
    }

    private static void indices(String name, Tensor indices) {
        check(indices.shape().rank() == 1, name, "indices [k]", indices.shape());
        kind(name, indices, DType.INT32);
    }

    private static void axis(String name, Shape shape, int axis) {
        check(axis >= 0 && axis < shape.rank(), name, "an axis of " + shape, axis);
    }

    private static void kind(String name, Tensor tensor, DType expected) {
        check(tensor.dtype() == expected, name, "an operand of " + expected, tensor.dtype() + " " + tensor.shape());
    }

    private static void check(boolean holds, String name, String expected, Object received) {
        if (!holds) {
            throw new IllegalArgumentException("[" + name + "] expected " + expected + " but received " + received);
        }
    }
}
