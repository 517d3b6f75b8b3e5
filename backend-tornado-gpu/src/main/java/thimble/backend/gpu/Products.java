package thimble.backend.gpu;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import thimble.backend.Buffer;
import thimble.backend.LayoutPlan;
import thimble.backend.gpu.device.Kernel;
import thimble.tensor.Tensor;

/**
 * Matrix products of operands that lie in any order. A work-item makes four rows of one column, neighbours along the innermost axis; where
 * a device has local memory worth using and the product fills them, groups make {@linkplain Tiles tiles} through it.
 */
final class Products {
    private static final int ROWS = 4;

    private static final Kernel MATMUL = new Kernel("thimble_matmul", """
        KERNEL(thimble_matmul) {
            BLOCK;
            int i = get_global_id(0);
            if (i >= p[0]) return;
            int rows = p[4], columns = p[5], depth = p[6];
            int column = i % columns, left = i / columns;
            int row = left % ((rows + 3) / 4) * 4;
            left /= (rows + 3) / 4;
            int to = row * p[7] + column * p[8], a = row * p[9], b = column * p[12];
            for (int d = p[13] - 1; d >= 0; d--) {
                __global const int* loop = p + 14 + 4 * d;
                int c = left % loop[0];
                left /= loop[0];
                to += c * loop[1];
                a += c * loop[2];
                b += c * loop[3];
            }
            int last = rows - 1 - row;
            __global const float* a0 = FLOATS(p[2]) + a;
            __global const float* a1 = a0 + min(1, last) * p[9];
            __global const float* a2 = a0 + min(2, last) * p[9];
            __global const float* a3 = a0 + min(3, last) * p[9];
            __global const float* second = FLOATS(p[3]) + b;
            int stepA = p[10], stepB = p[11];
            float s0 = 0.0f, s1 = 0.0f, s2 = 0.0f, s3 = 0.0f;
            for (int k = 0; k < depth; k++) {
                float x = second[k * stepB];
                s0 = fma(a0[k * stepA], x, s0);
                s1 = fma(a1[k * stepA], x, s1);
                s2 = fma(a2[k * stepA], x, s2);
                s3 = fma(a3[k * stepA], x, s3);
            }
            __global float* out = FLOATS(p[1]) + to;
            out[0] = s0;
            if (last > 0) out[p[7]] = s1;
            if (last > 1) out[2 * p[7]] = s2;
            if (last > 2) out[3 * p[7]] = s3;
        }
        """);

    /** Fewest terms of a tile. */
    private static final int DEEP = 8;

    private static final Tiles TILES = Tiles.of(
            "thimble_matmul",
            new Tiles.Lines(
                    "    int rows = p[4], columns = p[5], depth = p[6];\n"
                            + "    __global const int* cut = p + 14 + 4 * p[13];",
                    """
                        int begin = 0, a = 0, b = 0;
                        for (int d = p[13] - 1; d >= 0; d--) {
                            __global const int* loop = p + 14 + 4 * d;
                            int c = left % loop[0];
                            left /= loop[0];
                            begin += c * loop[1];
                            a += c * loop[2];
                            b += c * loop[3];
                        }
                        __global const float* fromA = FLOATS(p[2]) + a;
                        __global const float* fromB = FLOATS(p[3]) + b;
                        int rowsC = p[7], columnsC = p[8], rowsA = p[9], termsA = p[10], termsB = p[11], columnsB = p[12];
                    """,
                    "",
                    operand("first", "HIGH", "row", "rows", "fromA", "rowsA", "termsA"),
                    operand("second", "64", "column", "columns", "fromB", "columnsB", "termsB"),
                    "begin + r * rowsC + c * columnsC"));

    private final Memory memory;
    private final LayoutPlan layout;
    private final Reductions reductions;
    private final boolean tiles;

    /**
     * @param reductions adds the parts of long sums
     * @param tiles true if products that fill tiles go through local memory
     */
    Products(Memory memory, Reductions reductions, boolean tiles) {
        this.memory = memory;
        this.layout = memory.layout();
        this.reductions = reductions;
        this.tiles = tiles;
    }

    /** Work-items side by side read along the operand's innermost axis. */
    private static String operand(
            String into, String side, String begin, String end, String from, String step, String deeper) {
        return """
                        int e = lane + 64 * q;
                        int r = %6$s == 1 ? e %% %2$s : e / DEEP, k = %6$s == 1 ? e / %2$s : e %% DEEP;
                        bool inside = %3$s + r < %4$s && start + k < end;
                        %1$s[k][r] = inside ? %5$s[(%3$s + r) * %6$s + (start + k) * %7$s] : 0.0f;
            """.formatted(into, side, begin, end, from, step, deeper);
    }

    /** One operand or result: its steps along rows and columns. */
    private record Matrix(int rows, int columns) {
        static Matrix of(int[] strides, boolean transposed) {
            int last = strides.length - 1;
            return transposed
                    ? new Matrix(strides[last], strides[last - 1])
                    : new Matrix(strides[last - 1], strides[last]);
        }

        Matrix transposed() {
            return new Matrix(columns, rows);
        }
    }

    /** Products of one size: where operands and results lie, and by how much the sizes in front of a product's own move each. */
    private record Product(
            Tensor a,
            Tensor b,
            Matrix left,
            Matrix right,
            Matrix result,
            int rows,
            int columns,
            int depth,
            int[] sizes,
            int[] results,
            int[] lefts,
            int[] rights) {
        /** C' = B' A'. */
        Product swapped() {
            return new Product(
                    b,
                    a,
                    right.transposed(),
                    left.transposed(),
                    result.transposed(),
                    columns,
                    rows,
                    depth,
                    sizes,
                    results,
                    rights,
                    lefts);
        }

        Loops loops() {
            return new Loops(sizes, results, lefts, rights);
        }
    }

    private Product product(Tensor t, boolean transposeA, boolean transposeB) {
        Tensor a = t.input();
        Tensor b = t.inputs().get(1);
        int rank = t.shape().rank();
        int[] stridesA = Loops.strides(layout, a);
        int[] stridesB = Loops.strides(layout, b);
        int[] stridesC = Loops.strides(layout, t);
        return new Product(
                a,
                b,
                Matrix.of(stridesA, transposeA),
                Matrix.of(stridesB, transposeB),
                Matrix.of(stridesC, false),
                t.shape().size(rank - 2),
                t.shape().size(rank - 1),
                a.shape().size(rank - (transposeA ? 2 : 1)),
                leading(t.shape().toArray()),
                leading(stridesC),
                leading(stridesA),
                leading(stridesB));
    }

    private static int[] leading(int[] axes) {
        return Arrays.copyOf(axes, axes.length - 2);
    }

    /** The launches of {@link thimble.tensor.Op.MatMul}. */
    List<Work> matmul(String text, Tensor t, boolean transposeA, boolean transposeB) {
        int results = t.shape().elements();
        Product product = product(t, transposeA, transposeB);
        // neighbouring work-items write neighbouring elements, unless that leaves most of a tile empty
        Product ordered = product.result.rows == 1 && product.result.columns != 1 ? product.swapped() : product;
        Product filling =
                ordered.columns < Tiling.LARGE && ordered.columns < ordered.rows ? ordered.swapped() : ordered;
        Optional<Tiling> tiling = tiles ? tiling(filling, results) : Optional.empty();
        if (tiling.isEmpty()) {
            int items = results / ordered.rows * Math.ceilDiv(ordered.rows, ROWS);
            Block block = block(ordered, items, memory.of(t));
            return List.of(Work.items(text, MATMUL, items, block, operands(t), List.of(memory.of(t))));
        }
        int groups = tiling.get().groups();
        return reductions.inParts(text, memory.of(t), results, tiling.get().parts(), into -> {
            Block block = block(filling, groups, into).with(tiling.get().numbers(results));
            return Work.groups(text, TILES.of(tiling.get()), groups, List.of(block), operands(t), List.of(into));
        });
    }

    private static Optional<Tiling> tiling(Product product, int results) {
        int count = results / product.rows / product.columns;
        return Tiling.of(count, product.rows, product.columns, product.depth, DEEP)
                .or(() -> Tiling.ofLongSums(count, product.rows, product.columns, product.depth));
    }

    private List<Buffer> operands(Tensor t) {
        return List.of(memory.of(t.input()), memory.of(t.inputs().get(1)));
    }

    private Block block(Product product, int items, Buffer into) {
        return new Block()
                .with(items)
                .with(into)
                .with(memory.of(product.a))
                .with(memory.of(product.b))
                .with(product.rows, product.columns, product.depth)
                .with(product.result.rows, product.result.columns)
                .with(product.left.rows, product.left.columns)
                .with(product.right.rows, product.right.columns)
                .with(product.loops());
    }
}
