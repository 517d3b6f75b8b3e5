package thimble.backend.vector.scalar;

import thimble.tensor.Shape;
import thimble.tensor.Window;

/** A convolution cut into parts: one channel group of as many examples as fit into the cache. */
final class ScalarParts {
    final Window window;
    final int channels;
    final int height;
    final int filters;
    final int rows;
    /** Elements of one filter. */
    final int taps;
    /** The input of the present part. */
    final ScalarBands images;
    /** The output of the present part. */
    final ScalarBands maps;

    /** Elements that stay in the cache while every filter passes over them. */
    private static final int CACHED = 1 << 18;

    private final int examples;
    private final int block;
    private final int imageElements;
    private final int mapElements;

    /** Parts of {@code block} examples; the last may have fewer. */
    ScalarParts(Window window, Shape input, Shape output, int block) {
        this.block = block;
        this.window = window;
        channels = input.size(1) / window.groups();
        height = input.size(2);
        filters = output.size(1) / window.groups();
        rows = output.size(2);
        taps = channels * window.kernelHeight() * window.kernelWidth();
        examples = input.size(0);
        images = new ScalarBands(window, channels, height, input.size(3), block);
        maps = new ScalarBands(Window.of(1, 1), filters, rows, output.size(3), block);
        imageElements = channels * height * input.size(3);
        mapElements = filters * rows * output.size(3);
    }

    /** How many examples of these fit into the cache, at least 1. */
    static int cached(Window window, Shape input, Shape output) {
        int seen = input.size(1) / window.groups() * window.kernelWidth() * input.size(2) * output.size(3);
        return Math.max(1, CACHED / seen);
    }

    int count() {
        return (examples + block - 1) / block * window.groups();
    }

    int group(int part) {
        return part % window.groups();
    }

    /** What one element of a filter sees of the images at an output row. */
    float[] seen(int tap, int row) {
        int column = tap % window.kernelWidth();
        int line = tap / window.kernelWidth();
        return images.row(line / window.kernelHeight(), line % window.kernelHeight(), column, row);
    }

    void loadImages(int part, float[] x) {
        images.load(x, place(part, imageElements), window.groups() * imageElements, present(part));
    }

    void addImages(int part, float[] out) {
        images.addTo(out, place(part, imageElements), window.groups() * imageElements, present(part));
    }

    void loadMaps(int part, float[] g) {
        maps.load(g, place(part, mapElements), window.groups() * mapElements, present(part));
    }

    void storeMaps(int part, float[] out) {
        maps.store(out, place(part, mapElements), window.groups() * mapElements, present(part));
    }

    private int present(int part) {
        return Math.min(block, examples - part / window.groups() * block);
    }

    private int place(int part, int elements) {
        return (part / window.groups() * block * window.groups() + group(part)) * elements;
    }
}
