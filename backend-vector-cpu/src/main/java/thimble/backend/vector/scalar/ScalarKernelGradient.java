package thimble.backend.vector.scalar;

import java.util.Arrays;
import thimble.tensor.Shape;
import thimble.tensor.Window;

/** Adjoint of convolution in the kernel: each filter's gradient is a sum of what the filter sees, position by position, times its map. */
final class ScalarKernelGradient {
    /** Fewest elements of a filter that are a row for {@link Rows}. */
    private static final int WIDE = 48;

    private final Window window;
    private final int channels;
    private final int height;
    private final int width;
    private final int filters;
    private final int outputs;
    private final int paddedWidth;
    private final float[] padded;
    private final int[] places;
    private final float[][] seen;
    private final float[][][] sums;

    private ScalarKernelGradient(Window window, Shape input, Shape output) {
        this.window = window;
        channels = input.size(1) / window.groups();
        height = input.size(2);
        width = input.size(3);
        filters = output.size(1) / window.groups();
        outputs = output.size(2) * output.size(3);
        paddedWidth = window.padLeft() + width + window.padRight();
        int area = (window.padTop() + height + window.padBottom()) * paddedWidth;
        padded = new float[channels * area];
        places = new int[taps(window, channels)];
        for (int i = 0; i < places.length; i++) {
            int line = i / window.kernelWidth();
            places[i] = line / window.kernelHeight() * area
                    + line % window.kernelHeight() * window.dilationHeight() * paddedWidth
                    + i % window.kernelWidth() * window.dilationWidth();
        }
        seen = new float[output.size(3)][places.length];
        sums = new float[window.groups()][filters][places.length];
    }

    static Runnable of(Window window, Shape input, Shape output, float[] x, float[] g, float[] out) {
        if (taps(window, input.size(1) / window.groups()) < WIDE) {
            return ScalarNarrowKernels.of(window, input, output, x, g, out);
        }
        ScalarKernelGradient gradient = new ScalarKernelGradient(window, input, output);
        return () -> gradient.run(x, g, out);
    }

    private static int taps(Window window, int channels) {
        return channels * window.kernelHeight() * window.kernelWidth();
    }

    private void run(float[] x, float[] g, float[] out) {
        for (float[][] group : sums) {
            for (float[] sum : group) {
                Arrays.fill(sum, 0);
            }
        }
        int parts = x.length / (channels * height * width);
        for (int part = 0; part < parts; part++) {
            pad(x, part * channels * height * width);
            for (int first = 0; first < outputs; first += seen.length) {
                int place = first / seen.length * window.strideHeight() * paddedWidth;
                for (int column = 0; column < seen.length; column++) {
                    gather(padded, place + column * window.strideWidth(), places, seen[column]);
                }
                float[][] group = sums[part % window.groups()];
                int map = part * filters * outputs + first;
                Rows.accumulate(group, filters, g, map, outputs, 1, seen, seen.length);
            }
        }
        for (int f = 0; f < window.groups() * filters; f++) {
            System.arraycopy(sums[f / filters][f % filters], 0, out, f * places.length, places.length);
        }
    }

    private void pad(float[] x, int first) {
        int below = window.padTop() + window.padBottom();
        for (int row = 0; row < channels * height; row++) {
            int to = (row + row / height * below + window.padTop()) * paddedWidth + window.padLeft();
            System.arraycopy(x, first + row * width, padded, to, width);
        }
    }

    private static void gather(float[] x, int first, int[] places, float[] row) {
        for (int i = 0; i < row.length; i++) {
            row[i] = x[first + places[i]];
        }
    }
}
