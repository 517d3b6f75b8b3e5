package thimble.backend.vector.scalar;

import java.util.Arrays;
import thimble.tensor.Shape;
import thimble.tensor.Window;

/** Windows of images side by side, and the adjoint. */
final class ScalarPatches {
    private ScalarPatches() {}

    static Runnable forward(Window window, Shape input, float[] x, float[] out) {
        Plane plane = new Plane(window, input.size(2), input.size(3));
        int planes = input.size(0) * input.size(1);
        int taps = window.kernelHeight() * window.kernelWidth();
        return () -> {
            for (int i = 0; i < planes * taps; i++) {
                plane.gather(x, i / taps * plane.inputs(), i % taps, out, i * plane.outputs());
            }
        };
    }

    static Runnable adjoint(Window window, Shape input, float[] g, float[] out) {
        Plane plane = new Plane(window, input.size(2), input.size(3));
        int planes = input.size(0) * input.size(1);
        int taps = window.kernelHeight() * window.kernelWidth();
        return () -> {
            Arrays.fill(out, 0);
            for (int i = 0; i < planes * taps; i++) {
                plane.scatterAdd(g, i * plane.outputs(), i % taps, out, i / taps * plane.inputs());
            }
        };
    }

    /**
     * One channel of an image seen through a window.
     *
     * @param window the geometry
     * @param height rows of the image
     * @param width columns of the image
     */
    record Plane(Window window, int height, int width) {
        int inputs() {
            return height * width;
        }

        int outputs() {
            return rows() * columns();
        }

        private int rows() {
            return window.outputHeight(height);
        }

        private int columns() {
            return window.outputWidth(width);
        }

        /** What one tap of the kernel sees at every output position; 0 in the padding. */
        void gather(float[] x, int from, int tap, float[] out, int to) {
            int columns = columns();
            int first = tap % window.kernelWidth() * window.dilationWidth() - window.padLeft();
            for (int r = 0; r < rows(); r++) {
                int row = row(r, tap);
                int at = to + r * columns;
                if (row < 0 || row >= height) {
                    Arrays.fill(out, at, at + columns, 0);
                } else if (window.strideWidth() == 1 && first >= 0 && first + columns <= width) {
                    System.arraycopy(x, from + row * width + first, out, at, columns);
                } else {
                    for (int c = 0; c < columns; c++) {
                        int column = first + c * window.strideWidth();
                        out[at + c] = column < 0 || column >= width ? 0 : x[from + row * width + column];
                    }
                }
            }
        }

        /** Adjoint of {@link #gather}. */
        void scatterAdd(float[] g, int from, int tap, float[] out, int to) {
            int columns = columns();
            int first = tap % window.kernelWidth() * window.dilationWidth() - window.padLeft();
            for (int r = 0; r < rows(); r++) {
                int row = row(r, tap);
                if (row < 0 || row >= height) {
                    continue;
                }
                for (int c = 0; c < columns; c++) {
                    int column = first + c * window.strideWidth();
                    if (column >= 0 && column < width) {
                        out[to + row * width + column] += g[from + r * columns + c];
                    }
                }
            }
        }

        private int row(int output, int tap) {
            return output * window.strideHeight()
                    + tap / window.kernelWidth() * window.dilationHeight()
                    - window.padTop();
        }
    }
}
