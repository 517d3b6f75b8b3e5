package thimble.tensor;

import java.util.Arrays;

/** Float64 meaning of the contractions: matrix products, and convolutions as matrix products with {@link Op.Patches}. */
final class Contractions {
    private Contractions() {}

    static double[] matmul(Op.MatMul op, double[] a, Shape aShape, double[] b, Shape to) {
        int m = to.size(to.rank() - 2);
        int n = to.size(to.rank() - 1);
        int k = aShape.size(aShape.rank() - (op.transposeA() ? 2 : 1));
        double[] out = new double[to.elements()];
        for (int i = 0; i < out.length / (m * n); i++) {
            double[] left = matrix(a, i * m * k, op.transposeA() ? k : m, op.transposeA() ? m : k, op.transposeA());
            double[] right = matrix(b, i * k * n, op.transposeB() ? n : k, op.transposeB() ? k : n, op.transposeB());
            multiply(left, right, out, i * m * n, m, k, n);
        }
        return out;
    }

    /** {@code face} is the one of the three operands of ⟨conv2d(x, kernel), y⟩ that is computed from the other two. */
    static double[] conv2d(Face face, Window w, Shape x, Shape kernel, Shape y, double[] first, double[] second) {
        double[] out = new double[(face == Face.OUTPUT ? y : face == Face.INPUT ? x : kernel).elements()];
        int channels = kernel.size(1); // of one group
        int filters = kernel.size(0) / w.groups();
        int taps = channels * w.kernelHeight() * w.kernelWidth();
        int positions = y.size(2) * y.size(3);
        int image = channels * x.size(2) * x.size(3);
        double[] patches = new double[taps * positions];
        for (int i = 0; i < x.size(0) * w.groups(); i++) {
            int group = i % w.groups();
            int xAt = i * image;
            int kernelAt = group * filters * taps;
            int yAt = i * filters * positions;
            switch (face) {
                case OUTPUT -> {
                    patches(w, x, channels, y, first, xAt, patches);
                    multiply(
                            matrix(second, kernelAt, filters, taps, false),
                            patches,
                            out,
                            yAt,
                            filters,
                            taps,
                            positions);
                }
                case INPUT -> {
                    double[] g = matrix(first, yAt, filters, positions, false);
                    Arrays.fill(patches, 0);
                    multiply(matrix(second, kernelAt, filters, taps, true), g, patches, 0, taps, filters, positions);
                    addPatches(w, x, channels, y, patches, 0, out, xAt);
                }
                case KERNEL -> {
                    patches(w, x, channels, y, first, xAt, patches);
                    double[] g = matrix(second, yAt, filters, positions, false);
                    multiply(g, matrix(patches, 0, taps, positions, true), out, kernelAt, filters, positions, taps);
                }
            }
        }
        return out;
    }

    /** What a face of the convolution computes. */
    enum Face {
        OUTPUT,
        INPUT,
        KERNEL
    }

    static double[] patches(Window w, Shape x, Shape to, double[] a) {
        Shape y = Shape.of(x.size(0), x.size(1), to.size(3), to.size(4));
        double[] out = new double[to.elements()];
        patches(w, x, x.size(0) * x.size(1), y, a, 0, out);
        return out;
    }

    static double[] patchesGrad(Window w, Shape x, Shape from, double[] g) {
        Shape y = Shape.of(x.size(0), x.size(1), from.size(3), from.size(4));
        double[] out = new double[x.elements()];
        addPatches(w, x, x.size(0) * x.size(1), y, g, 0, out, 0);
        return out;
    }

    private static void patches(Window w, Shape x, int images, Shape y, double[] from, int at, double[] into) {
        Arrays.fill(into, 0);
        taps(w, x, images, y, (image, patch, count) -> {
            for (int i = 0; i < count; i++) {
                into[patch + i] = from[at + image + i * w.strideWidth()];
            }
        });
    }

    private static void addPatches(
            Window w, Shape x, int images, Shape y, double[] from, int at, double[] into, int intoAt) {
        taps(w, x, images, y, (image, patch, count) -> {
            for (int i = 0; i < count; i++) {
                into[intoAt + image + i * w.strideWidth()] += from[at + patch + i];
            }
        });
    }

    /** Visits {@code count} positions of one output row that one tap reads inside the image. */
    @FunctionalInterface
    private interface Tap {
        void at(int image, int patch, int count);
    }

    private static void taps(Window w, Shape x, int images, Shape y, Tap tap) {
        int height = x.size(2);
        int width = x.size(3);
        int patch = 0;
        for (int image = 0; image < images; image++) {
            for (int i = 0; i < w.kernelHeight() * w.kernelWidth(); i++) {
                int left = i % w.kernelWidth() * w.dilationWidth() - w.padLeft();
                int first = Math.max(0, Math.ceilDiv(-left, w.strideWidth()));
                int end = Math.min(y.size(3), Math.floorDiv(width - 1 - left, w.strideWidth()) + 1);
                for (int row = 0; row < y.size(2); row++, patch += y.size(3)) {
                    int line = row * w.strideHeight() + i / w.kernelWidth() * w.dilationHeight() - w.padTop();
                    if (line >= 0 && line < height && first < end) {
                        tap.at(
                                (image * height + line) * width + left + first * w.strideWidth(),
                                patch + first,
                                end - first);
                    }
                }
            }
        }
    }

    private static double[] matrix(double[] a, int at, int rows, int columns, boolean transpose) {
        if (!transpose) {
            return at == 0 && a.length == rows * columns ? a : Arrays.copyOfRange(a, at, at + rows * columns);
        }
        double[] out = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[j * rows + i] = a[at + i * columns + j];
            }
        }
        return out;
    }

    /** Adds [m, k] × [k, n] to {@code out}; four rows of b at a time, so that one pass over an output row does more work. */
    private static void multiply(double[] a, double[] b, double[] out, int outAt, int m, int k, int n) {
        for (int i = 0; i < m; i++) {
            int row = outAt + i * n;
            int q = 0;
            for (; q + 4 <= k; q += 4) {
                add4(a, i * k + q, b, q * n, out, row, n);
            }
            for (; q < k; q++) {
                double x = a[i * k + q];
                for (int j = 0; j < n; j++) {
                    out[row + j] += x * b[q * n + j];
                }
            }
        }
    }

    private static void add4(double[] a, int at, double[] b, int row, double[] out, int into, int n) {
        double x0 = a[at];
        double x1 = a[at + 1];
        double x2 = a[at + 2];
        double x3 = a[at + 3];
        for (int j = 0; j < n; j++) {
            out[into + j] += x0 * b[row + j] + x1 * b[row + n + j] + x2 * b[row + 2 * n + j] + x3 * b[row + 3 * n + j];
        }
    }
}
