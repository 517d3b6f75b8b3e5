package thimble.backend.gpu;

import java.util.Arrays;
import java.util.List;
import thimble.backend.Buffer;
import thimble.backend.LayoutPlan;
import thimble.backend.gpu.device.Kernel;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * Matrix products of operands that lie in any order. A work-item makes four rows of one column, neighbours along the innermost axis; where
 * a device has local memory worth using and the product is large, a group makes a tile of 64 × 64 through it, each work-item 8 × 8. Both add
 * up in the same order, so they give the same bits.
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

    private static final Kernel TILED = Tiles.kernel(
            "thimble_matmul_tiled",
            "    int rows = p[4], columns = p[5], depth = p[6];",
            """
                int to = 0, a = 0, b = 0;
                for (int d = p[13] - 1; d >= 0; d--) {
                    __global const int* loop = p + 14 + 4 * d;
                    int c = left % loop[0];
                    left /= loop[0];
                    to += c * loop[1];
                    a += c * loop[2];
                    b += c * loop[3];
                }
                __global const float* fromA = FLOATS(p[2]) + a;
                __global const float* fromB = FLOATS(p[3]) + b;
            """,
            operand("first", "row", "rows", "fromA", "p[9]", "p[10]"),
            operand("second", "column", "columns", "fromB", "p[12]", "p[11]"),
            "                FLOATS(p[1])[to + r * p[7] + c * p[8]] = sums[i][j];\n");

    private final Memory memory;
    private final LayoutPlan layout;
    private final boolean tiles;

    /**
     * @param tiles true if large products go through local memory
     */
    Products(Memory memory, boolean tiles) {
        this.memory = memory;
        this.layout = memory.layout();
        this.tiles = tiles;
    }

    /** Work-items side by side read along the operand's innermost axis. */
    private static String operand(String into, String begin, String end, String from, String step, String deeper) {
        return """
                        int e = lane + 64 * q;
                        int r = %5$s == 1 ? e %% 64 : e / 8, k = %5$s == 1 ? e / 64 : e %% 8;
                        bool inside = %2$s + r < %3$s && start + k < depth;
                        %1$s[k][r] = inside ? %4$s[(%2$s + r) * %5$s + (start + k) * %6$s] : 0.0f;
            """.formatted(into, begin, end, from, step, deeper);
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

    Work matmul(String text, Tensor t, boolean transposeA, boolean transposeB) {
        Tensor a = t.input();
        Tensor b = t.inputs().get(1);
        Shape shape = t.shape();
        int rank = shape.rank();
        int rows = shape.size(rank - 2);
        int columns = shape.size(rank - 1);
        int depth = a.shape().size(rank - (transposeA ? 2 : 1));
        int[] stridesA = Loops.strides(layout, a);
        int[] stridesB = Loops.strides(layout, b);
        int[] stridesC = Loops.strides(layout, t);
        Matrix left = Matrix.of(stridesA, transposeA);
        Matrix right = Matrix.of(stridesB, transposeB);
        Matrix result = Matrix.of(stridesC, false);
        boolean swapped = result.rows == 1 && result.columns != 1;
        if (swapped) { // C' = B' A', so that neighbouring work-items write neighbouring elements
            Matrix first = left.transposed();
            left = right.transposed();
            right = first;
            result = result.transposed();
            int height = rows;
            rows = columns;
            columns = height;
        }
        Loops outer = new Loops(
                leading(shape.toArray()),
                leading(stridesC),
                leading(swapped ? stridesB : stridesA),
                leading(swapped ? stridesA : stridesB));
        int products = shape.elements() / rows / columns;
        boolean tiled = tiles && Tiles.fit(products, rows, columns, Tiles.SIDE);
        int items = tiled ? Tiles.count(products, rows, columns) : products * Math.ceilDiv(rows, ROWS) * columns;
        Block block = new Block()
                .with(items)
                .with(memory.of(t))
                .with(memory.of(swapped ? b : a))
                .with(memory.of(swapped ? a : b))
                .with(rows, columns, depth, result.rows, result.columns, left.rows, left.columns)
                .with(right.rows, right.columns)
                .with(outer);
        List<Buffer> reads = List.of(memory.of(a), memory.of(b));
        List<Buffer> writes = List.of(memory.of(t));
        return tiled
                ? Work.groups(text, TILED, items, List.of(block), reads, writes)
                : Work.items(text, MATMUL, items, block, reads, writes);
    }

    private static int[] leading(int[] axes) {
        return Arrays.copyOf(axes, axes.length - 2);
    }
}
