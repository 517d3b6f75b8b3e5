package thimble.backend.gpu;

/**
 * Convolution and its adjoints as products whose operands are never stored: rows are channels, columns pixels of all examples, and terms
 * channels and taps; in the adjoint in the kernel columns are channels and taps, and terms pixels of all examples. Work-items side by side
 * read neighbouring examples.
 */
final class ConvolutionTiles {
    /** Where in the parameters the tiling lies. */
    private static final String CUT = "    __global const int* cut = p + 28;\n";

    /** The convolution. */
    static final Tiles FORWARD = Tiles.of(
            "thimble_conv2d",
            new Tiles.Lines(
                    Convolutions.GEOMETRY + CUT
                            + "    int rows = groupOut, columns = examples * outHeight * outWidth, depth = groupIn *"
                            + " taps;",
                    """
                        int group = left;
                        int mine = column + lane, n = mine % examples, pixel = mine / examples;
                        int top = pixel / outWidth * p[14] - p[16], side = pixel % outWidth * p[15] - p[17];
                        __global const float* image = FLOATS(p[2]) + n * x[0] + group * groupIn * x[1];
                        __global const float* w = FLOATS(p[3]) + group * groupOut * depth;
                    """,
                    "",
                    """
                                int e = lane + 64 * q;
                                int r = e / DEEP, k = e % DEEP;
                                bool inside = row + r < rows && start + k < end;
                                first[k][r] = inside ? w[(row + r) * depth + start + k] : 0.0f;
                    """,
                    """
                                int k = start + q, tap = k % taps;
                                int iy = top + tap / kernelWidth * p[18], ix = side + tap % kernelWidth * p[19];
                                bool inside = mine < columns && k < end
                                    && iy >= 0 && iy < height && ix >= 0 && ix < width;
                                second[q][lane] = inside ? image[k / taps * x[1] + iy * x[2] + ix * x[3]] : 0.0f;
                    """,
                    "c % examples * y[0] + (group * groupOut + r) * y[1]"
                            + " + c / examples / outWidth * y[2] + c / examples % outWidth * y[3]"));

    /** The adjoint in the images. */
    static final Tiles INPUT = Tiles.of(
            "thimble_conv2d_input",
            new Tiles.Lines(
                    Convolutions.GEOMETRY + CUT
                            + "    int rows = groupIn, columns = examples * height * width, depth = groupOut * taps;",
                    """
                        int group = left;
                        int mine = column + lane, n = mine % examples, pixel = mine / examples;
                        int top = pixel / width + p[16], side = pixel % width + p[17];
                        __global const float* g = FLOATS(p[2]) + n * y[0] + group * groupOut * y[1];
                        __global const float* w = FLOATS(p[3]) + group * groupOut * groupIn * taps;
                    """,
                    "",
                    """
                                int e = lane + 64 * q;
                                int r = e % HIGH, k = start + e / HIGH;
                                bool inside = row + r < rows && k < end;
                                first[e / HIGH][r] = inside
                                    ? w[(k % groupOut * groupIn + row + r) * taps + k / groupOut] : 0.0f;
                    """,
                    """
                                int k = start + q, tap = k / groupOut;
                                int down = top - tap / kernelWidth * p[18], right = side - tap % kernelWidth * p[19];
                                int oy = down / p[14], ox = right / p[15];
                                bool inside = mine < columns && k < end
                                    && down >= 0 && oy * p[14] == down && oy < outHeight
                                    && right >= 0 && ox * p[15] == right && ox < outWidth;
                                second[q][lane] = inside ? g[k % groupOut * y[1] + oy * y[2] + ox * y[3]] : 0.0f;
                    """,
                    "c % examples * x[0] + (group * groupIn + r) * x[1]"
                            + " + c / examples / width * x[2] + c / examples % width * x[3]"));

    /** The adjoint in the kernel. */
    static final Tiles KERNEL = Tiles.of(
            "thimble_conv2d_kernel",
            new Tiles.Lines(
                    Convolutions.GEOMETRY + CUT
                            + "    int rows = groupOut, columns = groupIn * taps, depth = examples * outHeight *"
                            + " outWidth;",
                    """
                        int group = left;
                        // for each column where its tap begins; one that is not there lies above every image
                        __local int origin[64], below[64], beside[64];
                        int mine = column + lane, tap = mine % taps;
                        beside[lane] = tap % kernelWidth * p[19] - p[17];
                        below[lane] = mine < columns ? tap / kernelWidth * p[18] - p[16] : -(1 << 30);
                        origin[lane] = mine < columns
                            ? (group * groupIn + mine / taps) * x[1] + below[lane] * x[2] + beside[lane] * x[3] : 0;
                        barrier(CLK_LOCAL_MEM_FENCE);
                    """,
                    """
                            int term = start + lane % DEEP, n = term % examples, pixel = term / examples;
                            int oy = pixel / outWidth, ox = pixel % outWidth;
                            int top = oy * p[14], side = ox * p[15];
                            __global const float* image = FLOATS(p[2]) + n * x[0] + top * x[2] + side * x[3];
                            __global const float* g = FLOATS(p[3]) + n * y[0] + group * groupOut * y[1] + oy * y[2] + ox * y[3];
                    """,
                    """
                                int r = lane / DEEP + 64 / DEEP * q;
                                bool inside = row + r < rows && term < end;
                                first[lane % DEEP][r] = inside ? g[(row + r) * y[1]] : 0.0f;
                    """,
                    """
                                int c = lane / DEEP + 64 / DEEP * q;
                                int iy = top + below[c], ix = side + beside[c];
                                bool inside = term < end && iy >= 0 && iy < height && ix >= 0 && ix < width;
                                second[lane % DEEP][c] = inside ? image[origin[c]] : 0.0f;
                    """,
                    "(group * groupOut + r) * columns + c"));

    private ConvolutionTiles() {}
}
