package thimble.backend;

import java.util.List;
import thimble.tensor.DType;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/** Primitives where numbers are infinite, undefined, zeros of either sign, or too small to be normal. */
final class SpecialCases {
    private static final float NAN = Float.NaN;
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    /** One size of one vector's part, one of some vectors and a part, and the usual batch. */
    private static final int[] SIZES = {3, 21, 64};

    private static final float[] ANY = {
        NAN,
        INFINITY,
        -INFINITY,
        0f,
        -0f,
        Float.MIN_VALUE,
        -1e-40f,
        Float.MIN_NORMAL,
        0.5f,
        -1.25f,
        2f,
        -3f,
        1e30f,
        -3e38f
    };

    /** No two of them whose sum is too large for FLOAT32 only. */
    private static final float[] ADDED = {NAN, INFINITY, 0.5f, -0.25f, 2f, 0f, -1.5f, 3f, 0.75f, -2f, 1f, 4f};

    private static final float[] INFINITE = {INFINITY, -INFINITY, 0.5f, -0.25f, 2f, 0f, -1.5f, 3f};

    /** Exact after a product with a larger power of two. */
    private static final float[] TINY = {0x1p-149f, -0x1p-130f, 0x1p-127f, 0x1p-126f, -0x1p-120f, 0f};

    /** Numbers whose products with each other are too small to be normal. */
    private static final float[] SMALL = {0x1p-65f, -0x1p-68f, 0x1p-70f, 0x1p-74f};

    private static final List<CaseFamily> FAMILIES = List.of(
            new CaseFamily("special unary", SpecialCases::unary),
            new CaseFamily("special binary", SpecialCases::binary),
            new CaseFamily("special tiny", SpecialCases::tiny),
            new CaseFamily("special reduce", SpecialCases::reduce),
            new CaseFamily("special move", SpecialCases::move),
            new CaseFamily("special contract", SpecialCases::contract));

    private SpecialCases() {}

    static List<ConformanceCase> all() {
        return CaseFamily.cases(FAMILIES, SIZES, 0);
    }

    private static List<Tensor> unary(ConformanceCase.Values values, int size) {
        Tensor a = values.chosen("a", ANY, size, 5);
        return List.of(
                a.neg(),
                a.exp(),
                a.log(),
                a.sqrt(),
                values.chosen("angle", ADDED, size, 5).sin(),
                a.tanh(),
                a.sign(),
                a.floor(),
                a.relu(),
                a.cast(DType.INT32));
    }

    private static List<Tensor> binary(ConformanceCase.Values values, int size) {
        Tensor a = values.chosen("a", ANY, size, 5);
        Tensor b = values.chosen("b", ANY, size, 5);
        Tensor mask = values.ties("mask", 0, 2, size, 5);
        return List.of(
                a.add(b),
                a.mul(b),
                a.div(b),
                a.max(b),
                a.max(Tensor.constant(0.5, Shape.of())),
                a.min(b),
                a.less(b),
                a.equal(b),
                mask.select(a, b),
                a.less(b).mul(b),
                a.select(mask, b),
                a.sub(a),
                a.div(a));
    }

    private static List<Tensor> tiny(ConformanceCase.Values values, int size) {
        Tensor a = values.chosen("a", TINY, size, 5);
        Tensor b = values.chosen("b", SMALL, size, 5);
        Tensor c = values.chosen("c", SMALL, size, 5);
        return List.of(
                a,
                a.mul(0x1p40),
                b.mul(c).mul(0x1p40),
                a.add(a).mul(0x1p40),
                a.max(Tensor.constant(0x1p-140, Shape.of())).mul(0x1p40),
                a.sign(),
                a.less(Tensor.constant(0x1p-149, Shape.of())),
                a.sum(1).mul(0x1p40));
    }

    private static List<Tensor> reduce(ConformanceCase.Values values, int size) {
        Tensor a = values.chosen("a", ADDED, size, 6);
        Tensor wide = values.chosen("wide", ADDED, 3, size);
        Tensor infinite = values.chosen("infinite", INFINITE, 4, size);
        Tensor image = values.chosen("image", ADDED, 2, size, 4, 6);
        Tensor patches = image.patches(Window.of(3, 2).stride(2, 1).padding(1, 0, 0, 1));
        return List.of(
                a.sum(0),
                a.sum(1),
                wide.sum(1),
                infinite.sum(1),
                infinite.sum(0),
                a.max(List.of(0)),
                a.max(List.of(1)),
                wide.max(List.of(1)),
                wide.max(List.of(0, 1)),
                infinite.max(List.of(0)),
                infinite.max(List.of(1)),
                a.argMax(0),
                a.argMax(1),
                wide.argMax(1),
                image.reshape(2, size, 2, 2, 3, 2).max(List.of(3, 5)),
                image.relu().reshape(2, size, 2, 2, 3, 2).max(List.of(3, 5)),
                image.sum(List.of(2, 3)),
                patches.max(List.of(2)));
    }

    private static List<Tensor> move(ConformanceCase.Values values, int size) {
        Tensor a = values.chosen("a", ADDED, size, 6);
        Tensor rows = values.integers("rows", 0, 0, size, 5);
        Tensor spread = values.integers("spread", Op.NO_BATCH, 0, 9, 6);
        return List.of(
                a.transpose(1, 0),
                a.reshape(3, 2 * size),
                a.slice(1, 2, 5),
                a.pad(0, 1, 2),
                Tensor.of(new Op.Pad(1, 1, 1, Double.NEGATIVE_INFINITY), a),
                Tensor.concat(1, List.of(a, a)),
                a.reshape(size, 1, 6).broadcast(Shape.of(size, 2, 6)),
                a.gather(0, rows),
                Tensor.of(new Op.ScatterAdd(1, 9), a, spread));
    }

    /** Only what is not finite in a row, or under a window, reaches its results: not what another row or the padding meets. */
    private static List<Tensor> contract(ConformanceCase.Values values, int size) {
        float[] rare = new float[40];
        for (int i = 0; i < rare.length; i++) {
            rare[i] = i < 1 ? NAN : i < 2 ? INFINITY : (i - 20) * 0.125f;
        }
        Tensor a = values.chosen("a", rare, size, 7);
        Tensor b = values.input("b", 0.5, 1.5, 7, 10);
        Tensor tall = values.chosen("tall", rare, size, 4);
        Tensor finite = values.batch("finite", 0.5, 1.5, size, 3);
        Window window = Window.of(3, 3).padding(1);
        Tensor image = values.chosen("image", rare, size, 2, 6, 5);
        Tensor kernel = values.input("kernel", 0.5, 1.5, 4, 2, 3, 3);
        Tensor y = image.conv2d(kernel, window);
        Tensor g = values.batch("g", 0.5, 1.5, y.shape().toArray());
        return List.of(
                a.matmul(b),
                Tensor.of(new Op.MatMul(true, false), tall, finite),
                y,
                image.conv2d(kernel, Window.of(3, 3).stride(2)),
                Tensor.of(
                        new Op.Conv2dInputGrad(window, image.shape()),
                        values.chosen("h", rare, y.shape().toArray()),
                        kernel),
                Tensor.of(new Op.Conv2dKernelGrad(window, kernel.shape()), image, g));
    }
}
