package thimble.backend.vector.scalar;

import java.util.Arrays;
import thimble.tensor.Shape;
import thimble.tensor.Window;

/** Convolution and its adjoint in the input: each output row of several examples is a sum of multiples of input rows. */
final class ScalarConvolution {
    private final ScalarParts parts;
    private final float[] packed;
    private final float[][] seen;
    private final float[][] sums;

    private ScalarConvolution(Window window, Shape input, Shape output) {
        int blocks = 1 + (input.size(0) - 1) / ScalarParts.cached(window, input, output);
        parts = new ScalarParts(window, input, output, 1 + (input.size(0) - 1) / blocks);
        packed = new float[parts.filters * parts.taps];
        seen = new float[Math.max(parts.taps, parts.filters)][];
        sums = new float[Math.max(parts.taps, parts.filters)][];
    }

    static Runnable forward(Window window, Shape input, Shape output, float[] x, float[] kernel, float[] out) {
        ScalarConvolution convolution = new ScalarConvolution(window, input, output);
        return () -> convolution.forward(x, kernel, out);
    }

    static Runnable inputGradient(Window window, Shape input, Shape output, float[] g, float[] kernel, float[] out) {
        ScalarConvolution convolution = new ScalarConvolution(window, input, output);
        return () -> convolution.inputGradient(g, kernel, out);
    }

    private void forward(float[] x, float[] kernel, float[] out) {
        for (int part = 0; part < parts.count(); part++) {
            parts.loadImages(part, x);
            for (int row = 0; row < parts.rows; row++) {
                for (int tap = 0; tap < parts.taps; tap++) {
                    seen[tap] = parts.seen(tap, row);
                }
                for (int f = 0; f < parts.filters; f++) {
                    sums[f] = parts.maps.row(f, 0, row);
                }
                int first = parts.group(part) * packed.length;
                Rows.combine(sums, parts.filters, kernel, first, parts.taps, 1, seen, parts.taps);
            }
            parts.storeMaps(part, out);
        }
    }

    private void inputGradient(float[] g, float[] kernel, float[] out) {
        Arrays.fill(out, 0);
        for (int part = 0; part < parts.count(); part++) {
            pack(kernel, parts.group(part) * packed.length);
            parts.loadMaps(part, g);
            for (int y = 0; y < parts.height; y++) {
                inputRow(y);
            }
            parts.addImages(part, out);
        }
    }

    /** Rows of the kernel by row, then filter, for every channel and column: [channel][column][row][filter]. */
    private void pack(float[] kernel, int first) {
        Window window = parts.window;
        for (int i = 0; i < packed.length; i++) {
            int tapRow = i / parts.filters % window.kernelHeight();
            int band = i / parts.filters / window.kernelHeight();
            int channel = band / window.kernelWidth();
            int tap = (channel * window.kernelHeight() + tapRow) * window.kernelWidth() + band % window.kernelWidth();
            packed[i] = kernel[first + i % parts.filters * parts.taps + tap];
        }
    }

    private void inputRow(int y) {
        Window window = parts.window;
        int outputs = parts.channels * window.kernelWidth();
        for (int s = 0; s < outputs; s++) {
            sums[s] = parts.images.row(s / window.kernelWidth(), s % window.kernelWidth(), y);
            Arrays.fill(sums[s], 0);
        }
        int across = window.kernelHeight() * parts.filters;
        for (int tapRow = 0; tapRow < window.kernelHeight(); tapRow++) {
            int above = y + window.padTop() - tapRow * window.dilationHeight();
            int row = Math.floorDiv(above, window.strideHeight());
            if (row * window.strideHeight() == above && row >= 0 && row < parts.rows) {
                for (int f = 0; f < parts.filters; f++) {
                    seen[f] = parts.maps.row(f, 0, row);
                }
                Rows.accumulate(sums, outputs, packed, tapRow * parts.filters, across, 1, seen, parts.filters);
            }
        }
    }
}
