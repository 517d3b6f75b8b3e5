package thimble.backend.vector.scalar;

import java.util.Arrays;
import thimble.tensor.Shape;
import thimble.tensor.Window;

/** Convolution and its two adjoints, one example and one channel group at a time over the windows of that example. */
final class ScalarConvolution {
    private final ScalarPatches.Plane plane;
    private final int examples;
    private final int groups;
    private final int channels;
    private final int filters;
    private final int taps;
    private final int positions;
    private final float[][] windows;
    private final float[][] images;

    private ScalarConvolution(Window window, Shape input, Shape output) {
        plane = new ScalarPatches.Plane(window, input.size(2), input.size(3));
        examples = input.size(0);
        groups = window.groups();
        channels = input.size(1) / groups;
        filters = output.size(1) / groups;
        taps = window.kernelHeight() * window.kernelWidth();
        positions = plane.outputs();
        windows = new float[channels * taps][positions];
        images = new float[filters][positions];
    }

    static Runnable forward(Window window, Shape input, Shape output, float[] x, float[] kernel, float[] out) {
        ScalarConvolution convolution = new ScalarConvolution(window, input, output);
        return () -> convolution.forward(x, kernel, out);
    }

    static Runnable inputGradient(Window window, Shape input, Shape output, float[] g, float[] kernel, float[] out) {
        ScalarConvolution convolution = new ScalarConvolution(window, input, output);
        return () -> convolution.inputGradient(g, kernel, out);
    }

    static Runnable kernelGradient(Window window, Shape input, Shape output, float[] x, float[] g, float[] out) {
        ScalarConvolution convolution = new ScalarConvolution(window, input, output);
        float[][] columns = new float[convolution.positions][convolution.channels * convolution.taps];
        float[] sum = new float[convolution.channels * convolution.taps];
        return () -> convolution.kernelGradient(x, g, out, columns, sum);
    }

    private int image(int part, int channel) {
        return (part * channels + channel) * plane.inputs();
    }

    private int map(int part, int filter) {
        return (part * filters + filter) * positions;
    }

    private void forward(float[] x, float[] kernel, float[] out) {
        int width = channels * taps;
        for (int part = 0; part < examples * groups; part++) {
            gather(x, part);
            for (int f = 0; f < filters; f++) {
                Rows.combine(images[f], kernel, (part % groups * filters + f) * width, 1, windows, width);
                System.arraycopy(images[f], 0, out, map(part, f), positions);
            }
        }
    }

    private void inputGradient(float[] g, float[] kernel, float[] out) {
        int width = channels * taps;
        Arrays.fill(out, 0);
        for (int part = 0; part < examples * groups; part++) {
            for (int f = 0; f < filters; f++) {
                System.arraycopy(g, map(part, f), images[f], 0, positions);
            }
            for (int i = 0; i < width; i++) {
                Rows.combine(windows[i], kernel, part % groups * filters * width + i, width, images, filters);
                plane.scatterAdd(windows[i], 0, i % taps, out, image(part, i / taps));
            }
        }
    }

    private void kernelGradient(float[] x, float[] g, float[] out, float[][] columns, float[] sum) {
        int width = channels * taps;
        Arrays.fill(out, 0);
        for (int part = 0; part < examples * groups; part++) {
            gather(x, part);
            for (int p = 0; p < positions; p++) {
                for (int i = 0; i < width; i++) {
                    columns[p][i] = windows[i][p];
                }
            }
            for (int f = 0; f < filters; f++) {
                Rows.combine(sum, g, map(part, f), 1, columns, positions);
                int to = (part % groups * filters + f) * width;
                for (int i = 0; i < width; i++) {
                    out[to + i] += sum[i];
                }
            }
        }
    }

    private void gather(float[] x, int part) {
        for (int i = 0; i < channels * taps; i++) {
            plane.gather(x, image(part, i / taps), i % taps, windows[i], 0);
        }
    }
}
