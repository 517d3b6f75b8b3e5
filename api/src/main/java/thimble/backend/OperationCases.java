package thimble.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import thimble.tensor.DType;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/** Families of primitives at sizes round the borders of vectors and tiles, and their derivatives of order 1 and 2. */
final class OperationCases {
    /** Sizes at which vectors of 4, 8 and 16 lanes and tiles of some of them begin and end. */
    static final int[] SIZES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 15, 16, 17, 24, 25, 31, 32, 33, 63, 64, 65};

    private static final List<Window> WINDOWS = List.of(
            Window.of(3, 3),
            Window.of(3, 3).padding(1),
            Window.of(5, 5).padding(2),
            Window.of(3, 2).stride(2, 1).padding(1, 0, 2, 1),
            Window.of(3, 3).dilation(2).padding(2),
            Window.of(1, 1).stride(2),
            Window.of(2, 3).padding(0, 1, 1, 0));

    private static final List<CaseFamily> FAMILIES = List.of(
            new CaseFamily("unary", OperationCases::unary),
            new CaseFamily("binary", OperationCases::binary),
            new CaseFamily("integers", OperationCases::integers),
            new CaseFamily("reduce", OperationCases::reduce),
            new CaseFamily("move", OperationCases::move),
            new CaseFamily("index", OperationCases::index),
            new CaseFamily("random", OperationCases::random),
            new CaseFamily("matmul", OperationCases::matmul),
            new CaseFamily("conv2d", OperationCases::conv2d),
            new CaseFamily("grouped conv2d", OperationCases::groupedConv2d),
            new CaseFamily("patches", OperationCases::patches));

    private OperationCases() {}

    static List<ConformanceCase> all() {
        return CaseFamily.cases(FAMILIES, SIZES, 2);
    }

    private static List<Tensor> unary(ConformanceCase.Values values, int size) {
        Tensor a = values.batch("a", -3, 3, size, 3);
        Tensor positive = values.input("positive", 0.1, 4, 2, size);
        return List.of(
                a.neg(),
                a.exp(),
                positive.log(),
                positive.sqrt(),
                a.sin(),
                a.tanh(),
                a.sign(),
                a.floor(),
                values.ties("t", -2, 3, size).sign(),
                positive.neg(),
                positive.exp(),
                positive.tanh());
    }

    private static List<Tensor> binary(ConformanceCase.Values values, int size) {
        Tensor a = values.batch("a", -2, 2, size, 3);
        Tensor b = values.batch("b", -2, 2, size, 3);
        Tensor row = values.input("row", 0.5, 2, 1, 3);
        Tensor column = values.batch("column", 0.5, 2, size, 1);
        Tensor s = values.ties("s", -2, 3, size, 3);
        Tensor t = values.ties("t", -2, 3, size, 3);
        return List.of(
                a.add(b),
                a.mul(b),
                a.max(b),
                s.max(t),
                s.less(t),
                s.equal(t),
                a.less(b),
                s.select(a, b),
                a.add(row),
                a.mul(column),
                a.div(row),
                a.div(column),
                a.max(row),
                a.relu(),
                row.div(values.input("scalar", 1, 2)),
                a.mul(3),
                a.add(-0.1));
    }

    private static List<Tensor> integers(ConformanceCase.Values values, int size) {
        Tensor a = values.integers("a", 0, -50, 50, size, 3);
        Tensor b = values.integers("b", 0, -5, 5, size, 3);
        Tensor c = values.integers("c", Op.NO_BATCH, 1, 9, 1, 3);
        return List.of(
                a.add(b),
                a.mul(b),
                a.div(c),
                a.max(b),
                a.less(b),
                b.equal(b.max(c)),
                b.cast(DType.FLOAT32).select(a, b),
                values.batch("f", -9, 9, size, 3).cast(DType.INT32),
                a.cast(DType.FLOAT32),
                Tensor.iota(Shape.of(size, 3), 0),
                Tensor.iota(Shape.of(3, size), 1).add(Tensor.iota(Shape.of(3, size), 0)),
                a.reshape(3, size),
                a.transpose(1, 0),
                a.slice(1, 1, 3),
                Tensor.concat(1, List.of(a, b)));
    }

    private static List<Tensor> reduce(ConformanceCase.Values values, int size) {
        Tensor a = values.batch("a", -1, 1, size, 3);
        Tensor wide = values.batch("wide", -1, 1, 3, size);
        Tensor t = values.ties("t", 0, 4, 3, size);
        Tensor free = values.input("free", -1, 1, size, 4);
        Tensor image = values.batch("image", -1, 1, 2, size, 4, 6);
        return List.of(
                a.sum(0),
                a.sum(1),
                a.sum(),
                wide.sum(1),
                wide.sum(0),
                a.max(List.of(1)),
                t.max(List.of(1)),
                t.max(List.of(0)),
                wide.argMax(1),
                t.argMax(1),
                free.sum(0),
                free.sum(1),
                free.argMax(0),
                image.sum(List.of(2, 3)),
                image.sum(List.of(0, 2, 3)),
                image.reshape(2, size, 2, 2, 3, 2).max(List.of(3, 5)));
    }

    private static List<Tensor> move(ConformanceCase.Values values, int size) {
        Tensor a = values.batch("a", -1, 1, size, 3);
        Tensor b = values.batch("b", -1, 1, 4, size, 2);
        Tensor free = values.input("free", -1, 1, size, 5);
        return List.of(
                a.transpose(1, 0),
                b.transpose(0, 2, 1),
                b.transpose(2, 1, 0),
                a.reshape(3, size),
                b.reshape(4, 2 * size),
                b.slice(0, 1, 3),
                b.slice(2, 0, 1),
                a.pad(0, 1, 2),
                Tensor.of(new Op.Pad(1, 2, 1, -1.5), a),
                Tensor.concat(1, List.of(a, a, a.slice(1, 0, 1))),
                Tensor.concat(0, List.of(a, a)),
                a.reshape(size, 1, 3).broadcast(Shape.of(size, 2, 3)),
                free.transpose(1, 0),
                free.pad(1, 0, 3),
                values.input("one", -1, 1, 1, 2).broadcast(Shape.of(size, 2)),
                a.stopGradient(),
                free);
    }

    private static List<Tensor> index(ConformanceCase.Values values, int size) {
        Tensor table = values.input("table", -1, 1, 7, 3);
        Tensor a = values.batch("a", -1, 1, size, 3);
        Tensor wide = values.batch("wide", -1, 1, 3, size);
        Tensor rows = values.integers("rows", 0, 0, 7, size);
        Tensor columns = values.integers("columns", Op.NO_BATCH, 0, size, 5);
        return List.of(
                table.gather(0, rows),
                wide.gather(1, columns),
                a.gather(0, columns),
                Tensor.of(new Op.ScatterAdd(0, 7), a, rows),
                Tensor.of(new Op.ScatterAdd(1, 9), wide, values.integers("spread", Op.NO_BATCH, 0, 9, size)),
                rows.gather(0, columns));
    }

    private static List<Tensor> random(ConformanceCase.Values values, int size) {
        Tensor a = values.batch("a", -1, 1, size, 3);
        Tensor uniform = Tensor.uniform("uniform", Shape.of(size, 3), true);
        return List.of(
                uniform,
                Tensor.uniform("free", Shape.of(3, size), false),
                Tensor.signs("signs", Shape.of(size, 3), true),
                uniform.add(a));
    }

    private static List<Tensor> matmul(ConformanceCase.Values values, int size) {
        List<Tensor> products = new ArrayList<>();
        int[][] sizes = {{size, 5, 3}, {4, size, 3}, {3, 4, size}, {size, size, 2}};
        for (int i = 0; i < sizes.length; i++) {
            int m = sizes[i][0];
            int k = sizes[i][1];
            int n = sizes[i][2];
            Tensor a = values.batch("a" + i, -1, 1, m, k);
            Tensor b = values.input("b" + i, -1, 1, k, n);
            Tensor swapped = values.input("swapped" + i, -1, 1, n, k);
            Tensor tall = values.batch("tall" + i, -1, 1, k, m);
            Tensor other = values.batch("other" + i, -1, 1, k, n);
            products.addAll(List.of(
                    a.matmul(b),
                    a.matmulTransposed(swapped),
                    Tensor.of(new Op.MatMul(true, false), tall, other),
                    Tensor.of(new Op.MatMul(true, true), tall, swapped)));
        }
        Tensor left = values.batch("left", -1, 1, 2, size, 3);
        products.add(left.matmul(values.batch("right", -1, 1, 2, 3, 4)));
        products.add(values.input("p", -1, 1, 3, 2, size).matmul(values.input("q", -1, 1, 3, size, 2)));
        return products;
    }

    private static List<Tensor> conv2d(ConformanceCase.Values values, int size) {
        int at = IntStream.range(0, SIZES.length)
                .filter(i -> SIZES[i] == size)
                .findFirst()
                .orElse(0);
        int few = Math.min(size, 17);
        int[][] sizes = {{size, 2, 3, 8, 7}, {2, few, 3, 7, 7}, {2, 2, size, 7, 8}, {1, 1, 2, 6, size + 6}};
        List<Tensor> results = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            Window window = WINDOWS.get((at + i) % WINDOWS.size());
            Tensor x = values.batch("x" + i, -1, 1, sizes[i][0], sizes[i][1], sizes[i][3], sizes[i][4]);
            Tensor kernel = values.input(
                    "kernel" + i, -1, 1, sizes[i][2], sizes[i][1], window.kernelHeight(), window.kernelWidth());
            results.add(x.conv2d(kernel, window));
        }
        return results;
    }

    private static List<Tensor> groupedConv2d(ConformanceCase.Values values, int size) {
        Window window = Window.of(3, 3).padding(1).groups(2).stride(1 + size % 2);
        Tensor x = values.batch("x", -1, 1, size, 4, 5, 6);
        Tensor kernel = values.input("kernel", -1, 1, 6, 2, 3, 3);
        Tensor y = x.conv2d(kernel, window);
        Tensor g = values.batch("g", -1, 1, y.shape().toArray());
        return List.of(
                y,
                Tensor.of(new Op.Conv2dInputGrad(window, x.shape()), g, kernel),
                Tensor.of(new Op.Conv2dKernelGrad(window, kernel.shape()), x, g));
    }

    private static List<Tensor> patches(ConformanceCase.Values values, int size) {
        Window window = Window.of(3, 2).stride(2, 1).padding(1, 0, 0, 1);
        Tensor x = values.batch("x", -1, 1, size, 2, 5, 4);
        Tensor patches = x.patches(window);
        Tensor g = values.batch("g", -1, 1, patches.shape().toArray());
        return List.of(patches, Tensor.of(new Op.PatchesGrad(window, x.shape()), g), patches.max(List.of(2)));
    }
}
