package thimble.backend.vector;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import thimble.backend.Buffer;
import thimble.backend.LayoutPlan;
import thimble.backend.Names;
import thimble.backend.vector.contraction.Contraction;
import thimble.backend.vector.contraction.Dense;
import thimble.backend.vector.contraction.DenseKernelGradient;
import thimble.backend.vector.contraction.PreparedConvolutions;
import thimble.backend.vector.contraction.Product;
import thimble.backend.vector.fused.Storage;
import thimble.backend.vector.launch.Launch;
import thimble.backend.vector.launch.RowSource;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Border;
import thimble.backend.vector.memory.Matrix;
import thimble.backend.vector.memory.Values;
import thimble.backend.vector.movement.Movement;
import thimble.backend.vector.movement.RandomFill;
import thimble.backend.vector.movement.Reduction;
import thimble.backend.vector.movement.RowCopy;
import thimble.backend.vector.movement.RowMaps;
import thimble.backend.vector.movement.Transposition;
import thimble.backend.vector.scalar.ScalarLowering;
import thimble.tensor.DType;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/** Launches of the nodes that are not fused: kernels for examples innermost where there is one, else scalar loops on converted values. */
final class Lowering {
    private final LayoutPlan layout;
    private final Storage storage;
    private final Names names;
    private final PreparedConvolutions convolutions;
    private final Map<Turned, Buffer> rows = new HashMap<>();
    private final List<Launch> launches = new ArrayList<>();

    /** The examples of an owner as rows of this many floats. */
    private record Turned(Tensor owner, int stride) {}

    Lowering(LayoutPlan layout, Storage storage, Names names, PreparedConvolutions convolutions) {
        this.layout = layout;
        this.storage = storage;
        this.names = names;
        this.convolutions = convolutions;
    }

    /** The launches of one node. */
    List<Launch> of(Tensor t) {
        launches.clear();
        Optional<Launch> special = special(t);
        launches.add(special.orElseGet(() -> scalar(t)));
        return List.copyOf(launches);
    }

    private Optional<Launch> special(Tensor t) {
        return switch (t.op()) {
            case Op.Random(long stream, var shape, int axis) -> Optional.of(random(t, stream, shape, axis));
            case Op.MatMul(boolean transposeA, boolean transposeB) -> matmul(t, transposeA, transposeB);
            case Op.Conv2d(var window) -> layout.axis(t) == 0 ? Optional.of(convolution(t, window)) : Optional.empty();
            case Op.Conv2dInputGrad(var window, var _) ->
                layout.axis(t) == 0 ? Optional.of(inputGradient(t, window)) : Optional.empty();
            case Op.Conv2dKernelGrad(var window, var _) -> kernelGradient(t, window);
            case Op.Reduce(var kind, var axes) -> {
                boolean rows = layout.batch(t.input())
                        && !axes.contains(layout.axis(t.input()))
                        && RowMaps.countable(layout, t);
                yield rows
                        ? Optional.of(reduction(t, kind == Op.ReduceKind.SUM, RowMaps.reduced(layout, t)))
                        : Optional.empty();
            }
            case Op.Reshape _, Op.Transpose _, Op.Slice _, Op.Concat _, Op.Patches _ ->
                movable(t) ? Optional.of(movement(t, 0)) : Optional.empty();
            case Op.Pad(int _, int _, int _, double value) ->
                movable(t) ? Optional.of(movement(t, (float) value)) : Optional.empty();
            case Op.PatchesGrad grad ->
                movable(t) ? Optional.of(reduction(t, true, RowMaps.scattered(t, grad))) : Optional.empty();
            case Op.Input _,
                    Op.Variable _,
                    Op.Constant _,
                    Op.Iota _,
                    Op.Unary _,
                    Op.Binary _,
                    Op.Select _,
                    Op.Cast _,
                    Op.StopGradient _,
                    Op.ArgMax _,
                    Op.Broadcast _,
                    Op.Gather _,
                    Op.ScatterAdd _ -> Optional.empty();
        };
    }

    private Launch launch(String name, Tensor t, Contraction contraction, Buffer first, Buffer second, Buffer result) {
        Buffer workspace = storage.work(Math.max(1, contraction.workspace()));
        return Launch.of(
                names.launch(name, t),
                List.of(first, second),
                List.of(result, workspace),
                memory -> contraction.bind(
                        memory.segment(first),
                        memory.segment(second),
                        memory.segment(result),
                        memory.segment(workspace)));
    }

    private BatchLayout features(Tensor t) {
        return BatchLayout.features(layout.features(t), layout.examples(t));
    }

    private static BatchLayout images(Tensor t) {
        Shape s = t.shape();
        return BatchLayout.images(s.size(1), s.size(2), s.size(3), s.size(0));
    }

    private static int kernelStride(Tensor kernel) {
        return kernel.shape().elements() / kernel.shape().size(0);
    }

    private Launch random(Tensor t, long stream, Shape shape, int axis) {
        Buffer key = storage.of(t.input());
        Buffer into = storage.of(t);
        return Launch.of(names.launch("random", t), List.of(key), List.of(into), memory -> {
            MemorySegment keys = memory.segment(key);
            MemorySegment target = memory.segment(into);
            return layout.batch(t)
                    ? RandomFill.lanes(stream, features(t), shape.strides()[axis], keys, target)
                    : RandomFill.rows(stream, Matrix.of(1, shape.elements()), keys, target);
        });
    }

    private Optional<Launch> matmul(Tensor t, boolean transposeA, boolean transposeB) {
        Tensor a = t.input();
        Tensor b = t.inputs().get(1);
        if (layout.batch(t)) {
            boolean left = layout.batch(a);
            Tensor x = left ? a : b;
            Tensor w = left ? b : a;
            int width = w.shape().size(1);
            boolean along = left ? transposeB : !transposeA;
            Contraction dense = new Dense(along ? width : 1, along ? 1 : width, features(x), features(t));
            return Optional.of(launch("dense", t, dense, storage.of(w), storage.of(x), storage.of(t)));
        }
        if (summed(t, transposeA, transposeB)) {
            return Optional.of(denseKernelGradient(t, a, b));
        }
        return layout.axis(a) > 0 || layout.axis(b) > 0
                ? Optional.empty()
                : Optional.of(product(t, transposeA, transposeB));
    }

    /** Whether a product is a sum over examples. */
    private boolean summed(Tensor t, boolean transposeA, boolean transposeB) {
        return t.shape().rank() == 2
                && layout.axis(t.input()) == (transposeA ? 0 : 1)
                && layout.axis(t.inputs().get(1)) == (transposeB ? 1 : 0);
    }

    private Launch product(Tensor t, boolean transposeA, boolean transposeB) {
        Shape c = t.shape();
        int m = c.size(c.rank() - 2);
        int n = c.size(c.rank() - 1);
        int k = t.input().shape().size(c.rank() - (transposeA ? 2 : 1));
        Product product = new Product(c.elements() / m / n, m, n, k, transposeA, transposeB);
        Buffer first = rowMajor(t.input());
        Buffer second = rowMajor(t.inputs().get(1));
        Buffer result = storage.of(t);
        Buffer workspace = storage.work(Math.max(1, product.workspace()));
        return new Launch(
                names.launch("product", t),
                List.of(first, second),
                List.of(result, workspace),
                false,
                memory -> product.bind(
                        memory.segment(first),
                        memory.segment(second),
                        memory.segment(result),
                        memory.segment(workspace)));
    }

    /** A tensor's elements row-major; one with a batch axis has it first. */
    private Buffer rowMajor(Tensor x) {
        return layout.batch(x) ? rows(x, layout.features(x)) : storage.of(x);
    }

    private Launch denseKernelGradient(Tensor t, Tensor g, Tensor x) {
        int columns = layout.features(x);
        int width = DenseKernelGradient.width(columns);
        Buffer turned = turned(x);
        Contraction contraction = new DenseKernelGradient(features(g), columns);
        Buffer result = storage.of(t);
        if (width == columns) {
            return launch("dense-kernel-grad", t, contraction, storage.of(g), turned, result);
        }
        int height = layout.features(g);
        Buffer padded = storage.work(4L * height * width);
        launches.add(launch("dense-kernel-grad", t, contraction, storage.of(g), turned, padded));
        var row = new RowCopy.Piece(0, 0, 4L * columns, 4L * columns);
        return Launch.of(
                "compact " + names.of(t) + " " + t.shape(),
                List.of(padded),
                List.of(result),
                memory ->
                        new RowCopy(height, memory.segment(padded), 4L * width, memory.segment(result), List.of(row)));
    }

    /**
     * Whether a node is the gradient of a dense layer's kernel that can be made some rows at a time, later than its turn. A factor that is a variable
     * could have its new value by then.
     */
    boolean hasRows(Tensor t) {
        return t.op() instanceof Op.MatMul(boolean transposeA, boolean transposeB)
                && !layout.batch(t)
                && summed(t, transposeA, transposeB)
                && t.shape().size(1) == DenseKernelGradient.width(t.shape().size(1))
                && !storage.inState(layout.owner(t.input()));
    }

    /** What runs at the node's turn where its rows are made later: the launches that {@link #rowSource} relies on. */
    List<Launch> beforeRows(Tensor t) {
        launches.clear();
        turned(t.inputs().get(1));
        return List.copyOf(launches);
    }

    /** The rows of a node that {@link #hasRows}. */
    RowSource rowSource(Tensor t) {
        Buffer g = storage.of(t.input());
        BatchLayout lanes = features(t.input());
        Buffer turned = turned(t.inputs().get(1));
        int columns = t.shape().size(1);
        Map<Integer, DenseKernelGradient> parts = new ConcurrentHashMap<>();
        return new RowSource(
                names.launch("dense-kernel-grad", t),
                t,
                t.shape().size(0),
                columns,
                List.of(g, turned),
                (memory, first, count, into) -> parts.computeIfAbsent(
                                count,
                                rows -> new DenseKernelGradient(BatchLayout.features(rows, lanes.batch()), columns))
                        .bind(
                                memory.segment(g).asSlice((long) first * lanes.pixelStride()),
                                memory.segment(turned),
                                into,
                                into));
    }

    private Buffer turned(Tensor x) {
        return rows(x, DenseKernelGradient.stride(layout.features(x)));
    }

    /** The examples of a tensor as rows; made once for all that need them. */
    private Buffer rows(Tensor x, int stride) {
        Turned key = new Turned(layout.owner(x), stride);
        Buffer known = rows.get(key);
        if (known != null) {
            return known;
        }
        Buffer made = storage.work(4L * layout.examples(x) * stride);
        rows.put(key, made);
        Buffer from = storage.of(x);
        BatchLayout lanes = features(x);
        launches.add(new Launch(
                "rows " + names.of(x) + " " + x.shape(),
                List.of(from),
                List.of(made),
                true,
                memory -> List.of(Transposition.toRows(lanes, stride, memory.segment(from), memory.segment(made)))));
        return made;
    }

    private Launch convolution(Tensor t, Window window) {
        Tensor x = t.input();
        Tensor kernel = t.inputs().get(1);
        Contraction contraction = convolutions.forward(window, images(x), images(t), kernelStride(kernel));
        return launch("conv2d", t, contraction, storage.of(x), storage.of(kernel), storage.of(t));
    }

    private Launch inputGradient(Tensor t, Window window) {
        Tensor g = t.input();
        Tensor kernel = t.inputs().get(1);
        Contraction contraction = convolutions.inputGradient(window, images(g), images(t), kernelStride(kernel));
        return launch("conv2d-input-grad", t, contraction, storage.of(g), storage.of(kernel), storage.of(t));
    }

    private Optional<Launch> kernelGradient(Tensor t, Window window) {
        Tensor x = t.input();
        Tensor g = t.inputs().get(1);
        if (layout.axis(x) != 0 || layout.axis(g) != 0) {
            return Optional.empty();
        }
        Contraction contraction = convolutions.kernelGradient(window, images(x), images(g), kernelStride(t));
        return Optional.of(launch("conv2d-kernel-grad", t, contraction, storage.of(x), storage.of(g), storage.of(t)));
    }

    private boolean movable(Tensor t) {
        return layout.batch(t)
                && t.inputs().stream().allMatch(operand -> layout.batch(operand) && operand.dtype() == DType.FLOAT32)
                && RowMaps.countable(layout, t);
    }

    private int rowBytes(Tensor t) {
        return 4 * BatchLayout.lanes(layout.examples(t));
    }

    private Launch movement(Tensor t, float value) {
        int[] from = RowMaps.moved(layout, t);
        List<Buffer> sources = t.inputs().stream().map(storage::of).toList();
        int[] counts = t.inputs().stream().mapToInt(layout::features).toArray();
        Buffer into = storage.of(t);
        Movement move = new Movement(from, counts, rowBytes(t), value);
        return Launch.of(
                names.launch("move", t),
                sources,
                List.of(into),
                memory -> move.bind(sources.stream().map(memory::segment).toList(), memory.segment(into)));
    }

    private Launch reduction(Tensor t, boolean sum, int[] destinations) {
        Reduction reduction = RowMaps.gather(sum, destinations, layout.features(t), rowBytes(t));
        Buffer from = storage.of(t.input());
        Buffer into = storage.of(t);
        return Launch.of(
                names.launch("reduce", t),
                List.of(from),
                List.of(into),
                memory -> reduction.bind(memory.segment(from), memory.segment(into)));
    }

    private Launch scalar(Tensor t) {
        List<Border> borders =
                t.inputs().stream().map(operand -> Border.of(layout, operand)).toList();
        List<Buffer> sources = t.inputs().stream().map(storage::of).toList();
        Border border = Border.of(layout, t);
        Buffer into = storage.of(t);
        boolean conversion = border.lanes() > 1 || borders.stream().anyMatch(operand -> operand.lanes() > 1);
        return new Launch(names.launch("scalar", t), sources, List.of(into), conversion, memory -> {
            List<Values> in = t.inputs().stream().map(Values::of).toList();
            Values out = Values.of(t);
            Runnable loops = ScalarLowering.launch(t, in, out);
            MemorySegment[] from = sources.stream().map(memory::segment).toArray(MemorySegment[]::new);
            MemorySegment target = memory.segment(into);
            return List.of(_ -> {
                for (int i = 0; i < from.length; i++) {
                    borders.get(i).read(from[i], in.get(i));
                }
                loops.run();
                border.write(out, target);
            });
        });
    }
}
