package thimble.backend.gpu;

import java.util.List;
import thimble.backend.Buffer;
import thimble.backend.LayoutPlan;
import thimble.backend.gpu.device.Kernel;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/** Windows of images side by side, as pooling reads them, and the adjoint, where each pixel adds up the windows that it is part of. */
final class Patches {
    private static final String WALK = """
            int from = 0, tap = 0, row = 0, column = 0, left = i;
            for (int d = p[15] - 1; d >= 0; d--) {
                __global const int* loop = p + 16 + 5 * d;
                int c = left % loop[0];
                left /= loop[0];
                from += c * loop[1];
                tap += c * loop[2];
                row += c * loop[3];
                column += c * loop[4];
            }
            __global const float* in = FLOATS(p[2]) + from;
        """;

    private static final Kernel PATCHES = new Kernel("thimble_patches", """
        KERNEL(thimble_patches) {
            BLOCK;
            int i = get_global_id(0);
            if (i >= p[0]) return;
        %s
            int iy = row * p[5] - p[7] + tap / p[4] * p[9], ix = column * p[6] - p[8] + tap %% p[4] * p[10];
            FLOATS(p[1])[i] = iy < 0 || iy >= p[11] || ix < 0 || ix >= p[12] ? 0.0f : in[iy * p[13] + ix * p[14]];
        }
        """.formatted(WALK));

    private static final Kernel ADJOINT = new Kernel("thimble_patches_adjoint", """
        KERNEL(thimble_patches_adjoint) {
            BLOCK;
            int i = get_global_id(0);
            if (i >= p[0]) return;
        %s
            int step = p[16 + 5 * p[15]];
            float sum = 0.0f;
            for (int ky = 0; ky < p[3]; ky++) {
                int y = row + p[7] - ky * p[9];
                int oy = y / p[5];
                if (y < 0 || oy * p[5] != y || oy >= p[11]) continue;
                for (int kx = 0; kx < p[4]; kx++) {
                    int x = column + p[8] - kx * p[10];
                    int ox = x / p[6];
                    if (x < 0 || ox * p[6] != x || ox >= p[12]) continue;
                    sum += in[(ky * p[4] + kx) * step + oy * p[13] + ox * p[14]];
                }
            }
            FLOATS(p[1])[i] = sum;
        }
        """.formatted(WALK));

    private final Memory memory;
    private final LayoutPlan layout;

    Patches(Memory memory) {
        this.memory = memory;
        this.layout = memory.layout();
    }

    private Block block(Tensor t, Window w, int[] steps, int[]... columns) {
        int[] order = Loops.order(layout, t);
        int[][] picked = new int[columns.length][];
        for (int i = 0; i < columns.length; i++) {
            picked[i] = Loops.pick(columns[i], order);
        }
        Loops loops = new Loops(Loops.pick(t.shape().toArray(), order), picked);
        return new Block()
                .with(t.shape().elements())
                .with(memory.of(t))
                .with(memory.of(t.input()))
                .with(w.kernelHeight(), w.kernelWidth(), w.strideHeight(), w.strideWidth(), w.padTop(), w.padLeft())
                .with(w.dilationHeight(), w.dilationWidth())
                .with(steps)
                .with(loops);
    }

    Work patches(String text, Tensor t, Window window) {
        Shape image = t.input().shape();
        int[] x = Loops.strides(layout, t.input());
        Block block = block(
                t,
                window,
                new int[] {image.size(2), image.size(3), x[2], x[3]},
                new int[] {x[0], x[1], 0, 0, 0},
                new int[] {0, 0, 1, 0, 0},
                new int[] {0, 0, 0, 1, 0},
                new int[] {0, 0, 0, 0, 1});
        return work(text, PATCHES, t, block);
    }

    Work adjoint(String text, Tensor t, Window window) {
        Shape windows = t.input().shape();
        int[] g = Loops.strides(layout, t.input());
        Block block = block(
                        t,
                        window,
                        new int[] {windows.size(3), windows.size(4), g[3], g[4]},
                        new int[] {g[0], g[1], 0, 0},
                        new int[] {0, 0, 0, 0},
                        new int[] {0, 0, 1, 0},
                        new int[] {0, 0, 0, 1})
                .with(g[2]);
        return work(text, ADJOINT, t, block);
    }

    private Work work(String text, Kernel kernel, Tensor t, Block block) {
        Buffer from = memory.of(t.input());
        return Work.items(text, kernel, t.shape().elements(), block, List.of(from), List.of(memory.of(t)));
    }
}
