package thimble.backend.gpu;

import java.util.List;
import java.util.Optional;
import thimble.backend.Buffer;
import thimble.backend.LayoutPlan;
import thimble.backend.gpu.device.Kernel;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/**
 * Convolution of x [n, c, h, w] and its two adjoints. Neighbouring work-items are examples of one pixel; each makes four channels, so that
 * what it reads serves four results. The adjoint in the kernel is shared among groups by its terms, and partial sums are added in a tree.
 */
final class Convolutions {
    private static final int CHANNELS = 4;
    /** Groups wanted for an adjoint in the kernel. */
    private static final int GROUPS = 1024;
    /** Fewest terms of a group. */
    private static final int TERMS = 1024;

    /** Sizes and steps of images and results. */
    static final String GEOMETRY = """
            int examples = p[4], groupOut = p[6], groupIn = p[7], height = p[8], width = p[9];
            int outHeight = p[10], outWidth = p[11], kernelHeight = p[12], kernelWidth = p[13];
            int strideDown = p[14], strideRight = p[15], padTop = p[16], padLeft = p[17];
            int dilateDown = p[18], dilateRight = p[19];
            int x0 = p[20], x1 = p[21], x2 = p[22], x3 = p[23], y0 = p[24], y1 = p[25], y2 = p[26], y3 = p[27];
            int taps = kernelHeight * kernelWidth;
        """;

    private static final Kernel FORWARD = new Kernel("thimble_conv2d", """
        KERNEL(thimble_conv2d) {
            BLOCK;
            int i = get_global_id(0);
            if (i >= p[0]) return;
        %s
            int n = i %% examples, left = i / examples;
            int ox = left %% outWidth;
            left /= outWidth;
            int oy = left %% outHeight;
            left /= outHeight;
            int blocks = (groupOut + 3) / 4;
            int first = left %% blocks * 4, group = left / blocks;
            int last = groupOut - 1 - first, out = group * groupOut + first, step = groupIn * taps;
            __global const float* image = FLOATS(p[2]) + n * x0 + group * groupIn * x1;
            __global const float* w0 = FLOATS(p[3]) + out * step;
            __global const float* w1 = w0 + min(1, last) * step;
            __global const float* w2 = w0 + min(2, last) * step;
            __global const float* w3 = w0 + min(3, last) * step;
            float s0 = 0.0f, s1 = 0.0f, s2 = 0.0f, s3 = 0.0f;
            for (int c = 0; c < groupIn; c++) {
                for (int ky = 0; ky < kernelHeight; ky++) {
                    int iy = oy * strideDown - padTop + ky * dilateDown;
                    if (iy < 0 || iy >= height) continue;
                    for (int kx = 0; kx < kernelWidth; kx++) {
                        int ix = ox * strideRight - padLeft + kx * dilateRight;
                        if (ix < 0 || ix >= width) continue;
                        float value = image[c * x1 + iy * x2 + ix * x3];
                        int tap = c * taps + ky * kernelWidth + kx;
                        s0 = fma(w0[tap], value, s0);
                        s1 = fma(w1[tap], value, s1);
                        s2 = fma(w2[tap], value, s2);
                        s3 = fma(w3[tap], value, s3);
                    }
                }
            }
            __global float* to = FLOATS(p[1]) + n * y0 + out * y1 + oy * y2 + ox * y3;
            to[0] = s0;
            if (last > 0) to[y1] = s1;
            if (last > 1) to[2 * y1] = s2;
            if (last > 2) to[3 * y1] = s3;
        }
        """.formatted(GEOMETRY));

    private static final Kernel INPUT = new Kernel("thimble_conv2d_input", """
        KERNEL(thimble_conv2d_input) {
            BLOCK;
            int i = get_global_id(0);
            if (i >= p[0]) return;
        %s
            int n = i %% examples, left = i / examples;
            int ix = left %% width;
            left /= width;
            int iy = left %% height;
            left /= height;
            int blocks = (groupIn + 3) / 4;
            int first = left %% blocks * 4, group = left / blocks;
            int last = groupIn - 1 - first;
            __global const float* g = FLOATS(p[2]) + n * y0 + group * groupOut * y1;
            __global const float* w = FLOATS(p[3]) + (group * groupOut * groupIn + first) * taps;
            int step1 = min(1, last) * taps, step2 = min(2, last) * taps, step3 = min(3, last) * taps;
            float s0 = 0.0f, s1 = 0.0f, s2 = 0.0f, s3 = 0.0f;
            for (int ky = 0; ky < kernelHeight; ky++) {
                int row = iy + padTop - ky * dilateDown;
                int oy = row / strideDown;
                if (row < 0 || oy * strideDown != row || oy >= outHeight) continue;
                for (int kx = 0; kx < kernelWidth; kx++) {
                    int column = ix + padLeft - kx * dilateRight;
                    int ox = column / strideRight;
                    if (column < 0 || ox * strideRight != column || ox >= outWidth) continue;
                    int at = oy * y2 + ox * y3, tap = ky * kernelWidth + kx;
                    for (int o = 0; o < groupOut; o++) {
                        float value = g[o * y1 + at];
                        __global const float* w0 = w + o * groupIn * taps + tap;
                        s0 = fma(w0[0], value, s0);
                        s1 = fma(w0[step1], value, s1);
                        s2 = fma(w0[step2], value, s2);
                        s3 = fma(w0[step3], value, s3);
                    }
                }
            }
            __global float* to =
                FLOATS(p[1]) + n * x0 + (group * groupIn + first) * x1 + iy * x2 + ix * x3;
            to[0] = s0;
            if (last > 0) to[x1] = s1;
            if (last > 1) to[2 * x1] = s2;
            if (last > 2) to[3 * x1] = s3;
        }
        """.formatted(GEOMETRY));

    private static final Kernel KERNEL_GRADIENT = new Kernel(
            "thimble_conv2d_kernel", """
                KERNEL(thimble_conv2d_kernel) {
                    BLOCK;
                    __local float part[4][%1$d];
                    int lane = get_local_id(0), left = get_group_id(0);
                    bool live = left < p[0];
                %2$s
                    int chunk = left %% p[28];
                    left /= p[28];
                    int tap = left %% taps;
                    left /= taps;
                    int c = left %% groupIn;
                    left /= groupIn;
                    int blocks = (groupOut + 3) / 4;
                    int first = left %% blocks * 4, group = left / blocks;
                    int last = groupOut - 1 - first, out = group * groupOut + first;
                    float s0 = 0.0f, s1 = 0.0f, s2 = 0.0f, s3 = 0.0f;
                    if (live) {
                        __global const float* image = FLOATS(p[2]) + (group * groupIn + c) * x1;
                        __global const float* g = FLOATS(p[3]) + out * y1;
                        int step1 = min(1, last) * y1, step2 = min(2, last) * y1, step3 = min(3, last) * y1;
                        int down = tap / kernelWidth * dilateDown - padTop, right = tap %% kernelWidth * dilateRight - padLeft;
                        int end = min(examples * outHeight * outWidth, (chunk + 1) * p[29]);
                        for (int term = chunk * p[29] + lane; term < end; term += %1$d) {
                            int n = term %% examples, pixel = term / examples;
                            int ox = pixel %% outWidth, oy = pixel / outWidth;
                            int iy = oy * strideDown + down, ix = ox * strideRight + right;
                            if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
                            float value = image[n * x0 + iy * x2 + ix * x3];
                            __global const float* at = g + n * y0 + oy * y2 + ox * y3;
                            s0 = fma(at[0], value, s0);
                            s1 = fma(at[step1], value, s1);
                            s2 = fma(at[step2], value, s2);
                            s3 = fma(at[step3], value, s3);
                        }
                    }
                    part[0][lane] = s0;
                    part[1][lane] = s1;
                    part[2][lane] = s2;
                    part[3][lane] = s3;
                    barrier(CLK_LOCAL_MEM_FENCE);
                %3$s
                    if (live && lane <= last && lane < 4) {
                        int element = ((out + lane) * groupIn + c) * taps + tap;
                        FLOATS(p[1])[chunk * p[30] + element] = part[lane][0];
                    }
                }
                """.formatted(Kernel.GROUP, GEOMETRY, Reductions.trees("part", CHANNELS)));

    /** Fewest terms of a tile. */
    private static final int DEEP = 64;

    private final Memory memory;
    private final LayoutPlan layout;
    private final Reductions reductions;
    private final boolean tiles;

    /**
     * @param reductions adds the parts of long sums
     * @param tiles true if convolutions that fill tiles go through local memory
     */
    Convolutions(Memory memory, Reductions reductions, boolean tiles) {
        this.memory = memory;
        this.layout = memory.layout();
        this.reductions = reductions;
        this.tiles = tiles;
    }

    private Block block(int items, Buffer out, Tensor t, Window w, Tensor x, Tensor y) {
        Shape in = x.shape();
        Shape to = y.shape();
        return new Block()
                .with(items)
                .with(out)
                .with(memory.of(t.input()))
                .with(memory.of(t.inputs().get(1)))
                .with(in.size(0), w.groups(), to.size(1) / w.groups(), in.size(1) / w.groups())
                .with(in.size(2), in.size(3), to.size(2), to.size(3), w.kernelHeight(), w.kernelWidth())
                .with(w.strideHeight(), w.strideWidth(), w.padTop(), w.padLeft())
                .with(w.dilationHeight(), w.dilationWidth())
                .with(Loops.strides(layout, x))
                .with(Loops.strides(layout, y));
    }

    private List<Buffer> operands(Tensor t) {
        return List.of(memory.of(t.input()), memory.of(t.inputs().get(1)));
    }

    private Optional<Tiling> tiling(Window window, int rows, int columns, int depth) {
        return tiles ? Tiling.of(window.groups(), rows, columns, depth, DEEP) : Optional.empty();
    }

    private List<Work> tiled(String text, Tiles kernels, Tiling tiling, Tensor t, Window window, Tensor x, Tensor y) {
        int results = t.shape().elements();
        return reductions.inParts(text, memory.of(t), results, tiling.parts(), into -> {
            Block block = block(tiling.groups(), into, t, window, x, y).with(tiling.numbers(results));
            return Work.groups(text, kernels.of(tiling), tiling.groups(), List.of(block), operands(t), List.of(into));
        });
    }

    /** The launches that make images or maps {@code t}: as tiles if they are filled, else by four channels. */
    private List<Work> launches(
            String text, Kernel direct, Tiles kernels, Tensor t, Tensor x, Tensor y, Window window, int terms) {
        int channels = t.shape().size(1);
        int pixels = t.shape().elements() / channels;
        int rows = channels / window.groups();
        Optional<Tiling> tiling = tiling(window, rows, pixels, terms);
        if (tiling.isPresent()) {
            return tiled(text, kernels, tiling.get(), t, window, x, y);
        }
        int items = pixels * window.groups() * Math.ceilDiv(rows, CHANNELS);
        Block block = block(items, memory.of(t), t, window, x, y);
        return List.of(Work.items(text, direct, items, block, operands(t), List.of(memory.of(t))));
    }

    /** The launches of {@link Op.Conv2d}. */
    List<Work> forward(String text, Tensor t, Window window) {
        Shape kernel = t.inputs().get(1).shape();
        int terms = kernel.elements() / kernel.size(0);
        return launches(text, FORWARD, ConvolutionTiles.FORWARD, t, t.input(), t, window, terms);
    }

    /** The launches of {@link Op.Conv2dInputGrad}. */
    List<Work> input(String text, Tensor t, Window window) {
        Shape kernel = t.inputs().get(1).shape();
        int terms = kernel.elements() / kernel.size(1) / window.groups();
        return launches(text, INPUT, ConvolutionTiles.INPUT, t, t, t.input(), window, terms);
    }

    /** The launches of {@link Op.Conv2dKernelGrad}. */
    List<Work> kernel(String text, Tensor t, Window window) {
        Tensor x = t.input();
        Tensor g = t.inputs().get(1);
        int results = t.shape().elements();
        int filters = t.shape().size(0);
        int columns = results / filters;
        int terms = g.shape().elements() / filters;
        Optional<Tiling> tiling = tiling(window, filters / window.groups(), columns, terms);
        if (tiling.isPresent()) {
            return tiled(text, ConvolutionTiles.KERNEL, tiling.get(), t, window, x, g);
        }
        int each = columns * window.groups() * Math.ceilDiv(filters / window.groups(), CHANNELS);
        int chunks = Math.clamp(Math.min(Math.ceilDiv(GROUPS, each), terms / TERMS), 1, Reductions.MOST_CHUNKS);
        return reductions.inParts(text, memory.of(t), results, chunks, into -> {
            Block block =
                    block(each * chunks, into, t, window, x, g).with(chunks, Math.ceilDiv(terms, chunks), results);
            return Work.groups(text, KERNEL_GRADIENT, each * chunks, List.of(block), operands(t), List.of(into));
        });
    }
}
