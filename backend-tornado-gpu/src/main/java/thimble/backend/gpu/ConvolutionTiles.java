package thimble.backend.gpu;

/**
 * Convolution and its adjoints as products whose operands are never stored: rows are channels, columns pixels of all examples, and terms
 * channels and taps; in the adjoint in the kernel columns are channels and taps, and terms pixels of all examples. Work-items side by side
 * read neighbouring examples. Where a tap lies is found once for all of a tile, as whole divisions take longer than multiply-adds.
 */
final class ConvolutionTiles {
    /** Where in the parameters the tiling lies, and what lies outside every image, whatever is added to it. */
    private static final String CUT = "    __global const int* cut = p + 28;\n    const int OUTSIDE = -(1 << 29);\n";

    /** A row of numbers for each term of a step. */
    private static final String TERMS = "    __local int origin[DEEP], below[DEEP], beside[DEEP];\n";

    /** The convolution. */
    static final Tiles FORWARD = Tiles.of(
            "thimble_conv2d",
            new Tiles.Lines(
                    Convolutions.GEOMETRY + CUT + TERMS
                            + "    int rows = groupOut, columns = examples * outHeight * outWidth, depth = groupIn *"
                            + " taps;",
                    """
                        int group = left;
                        int mine = column + lane, n = mine % examples, pixel = mine / examples;
                        int top = pixel / outWidth * strideDown - padTop, side = pixel % outWidth * strideRight - padLeft;
                        __global const float* image = FLOATS(p[2]);
                        int corner = n * x0 + group * groupIn * x1 + top * x2 + side * x3;
                        top = mine < columns ? top : OUTSIDE;
                        __global const float* w = FLOATS(p[3]) + group * groupOut * depth;
                    """,
                    """
                            if (lane < DEEP) {
                                int k = start + lane, channel = k / taps, tap = k - channel * taps;
                                int ky = tap / kernelWidth, kx = tap - ky * kernelWidth;
                                below[lane] = k < end ? ky * dilateDown : OUTSIDE;
                                beside[lane] = kx * dilateRight;
                                origin[lane] = channel * x1 + ky * dilateDown * x2 + kx * dilateRight * x3;
                            }
                            barrier(CLK_LOCAL_MEM_FENCE);
                    """,
                    """
                                int e = lane + 64 * q;
                                int r = e / DEEP, k = e % DEEP;
                                bool inside = row + r < rows && start + k < end;
                                first[k][r] = inside ? w[(row + r) * depth + start + k] : 0.0f;
                    """,
                    """
                                int iy = top + below[q], ix = side + beside[q];
                                bool inside = iy >= 0 && iy < height && ix >= 0 && ix < width;
                                second[q][lane] = inside ? image[corner + origin[q]] : 0.0f;
                    """,
                    "c % examples * y0 + (group * groupOut + r) * y1"
                            + " + c / examples / outWidth * y2 + c / examples % outWidth * y3"));

    /** The adjoint in the images. */
    static final Tiles INPUT = Tiles.of(
            "thimble_conv2d_input",
            new Tiles.Lines(
                    Convolutions.GEOMETRY + CUT + TERMS + "    __local int weight[DEEP];\n"
                            + "    int rows = groupIn, columns = examples * height * width, depth = groupOut * taps;",
                    """
                        int group = left;
                        int mine = column + lane, n = mine % examples, pixel = mine / examples;
                        int top = mine < columns ? pixel / width + padTop : OUTSIDE, side = pixel % width + padLeft;
                        __global const float* g = FLOATS(p[2]) + n * y0 + group * groupOut * y1;
                        __global const float* w = FLOATS(p[3]) + group * groupOut * groupIn * taps;
                    """,
                    """
                            if (lane < DEEP) {
                                int k = start + lane, tap = k / groupOut, out = k - tap * groupOut;
                                int ky = tap / kernelWidth, kx = tap - ky * kernelWidth;
                                below[lane] = k < end ? ky * dilateDown : -OUTSIDE;
                                beside[lane] = kx * dilateRight;
                                origin[lane] = out * y1;
                                weight[lane] = out * groupIn * taps + tap;
                            }
                            barrier(CLK_LOCAL_MEM_FENCE);
                    """,
                    """
                                int e = lane + 64 * q;
                                int r = e % HIGH, k = e / HIGH;
                                bool inside = row + r < rows && start + k < end;
                                first[k][r] = inside ? w[weight[k] + (row + r) * taps] : 0.0f;
                    """,
                    """
                                int down = top - below[q], right = side - beside[q], oy = down, ox = right;
                                if (strideDown > 1) oy = down / strideDown;
                                if (strideRight > 1) ox = right / strideRight;
                                bool inside = down >= 0 && oy * strideDown == down && oy < outHeight
                                    && right >= 0 && ox * strideRight == right && ox < outWidth;
                                second[q][lane] = inside ? g[origin[q] + oy * y2 + ox * y3] : 0.0f;
                    """,
                    "c % examples * x0 + (group * groupIn + r) * x1"
                            + " + c / examples / width * x2 + c / examples % width * x3"));

    /** The adjoint in the kernel. */
    static final Tiles KERNEL = Tiles.of(
            "thimble_conv2d_kernel",
            new Tiles.Lines(
                    Convolutions.GEOMETRY + CUT
                            + "    int rows = groupOut, columns = groupIn * taps, depth = examples * outHeight *"
                            + " outWidth;",
                    """
                        int group = left;
                        __local int origin[64], below[64], beside[64];
                        int mine = column + lane, channel = mine / taps, tap = mine - channel * taps;
                        beside[lane] = tap % kernelWidth * dilateRight - padLeft;
                        below[lane] = mine < columns ? tap / kernelWidth * dilateDown - padTop : OUTSIDE;
                        origin[lane] = mine < columns
                            ? (group * groupIn + channel) * x1 + below[lane] * x2 + beside[lane] * x3 : 0;
                        barrier(CLK_LOCAL_MEM_FENCE);
                    """,
                    """
                            int term = start + lane % DEEP, pixel = term / examples, n = term - pixel * examples;
                            int oy = pixel / outWidth, ox = pixel - oy * outWidth;
                            int top = term < end ? oy * strideDown : OUTSIDE, side = ox * strideRight;
                            __global const float* image = FLOATS(p[2]) + n * x0 + oy * strideDown * x2 + side * x3;
                            __global const float* g = FLOATS(p[3]) + n * y0 + group * groupOut * y1 + oy * y2 + ox * y3;
                    """,
                    """
                                int r = lane / DEEP + 64 / DEEP * q;
                                bool inside = row + r < rows && term < end;
                                first[lane % DEEP][r] = inside ? g[(row + r) * y1] : 0.0f;
                    """,
                    """
                                int c = lane / DEEP + 64 / DEEP * q;
                                int iy = top + below[c], ix = side + beside[c];
                                bool inside = iy >= 0 && iy < height && ix >= 0 && ix < width;
                                second[lane % DEEP][c] = inside ? image[origin[c]] : 0.0f;
                    """,
                    "(group * groupOut + r) * columns + c"));

    private ConvolutionTiles() {}
}
