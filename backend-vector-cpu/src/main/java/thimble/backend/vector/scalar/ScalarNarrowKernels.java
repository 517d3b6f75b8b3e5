package thimble.backend.vector.scalar;

import java.util.Arrays;
import thimble.tensor.Shape;
import thimble.tensor.Window;

/**
 * Adjoint of convolution in filters of few elements: for each element, products of what it sees with the filter's map, two of each at a
 * time.
 */
final class ScalarNarrowKernels {
    /** Elements of a row: enough for a loop, but few to add up in the end. */
    private static final int ROW = 256;

    private final ScalarParts[] parts;
    private final float[][][] seen;
    private final float[][][] maps;
    private final RowProducts products;
    private final int groups;
    private final int taps;
    private final int filters;
    private final int rows;

    private ScalarNarrowKernels(Window window, Shape input, Shape output) {
        int block = Math.min(input.size(0), 1 + (ROW - 1) / output.size(3));
        int most = 1 + (input.size(0) - 1) / block;
        parts = new ScalarParts[Math.clamp(ScalarParts.cached(window, input, output) / block, 1, most)];
        Arrays.setAll(parts, _ -> new ScalarParts(window, input, output, block));
        groups = window.groups();
        taps = parts[0].taps;
        filters = parts[0].filters;
        rows = parts[0].rows;
        seen = new float[2][parts.length * rows][];
        maps = new float[filters][parts.length * rows][];
        for (int i = 0; i < filters * parts.length * rows; i++) {
            int f = i / rows / parts.length;
            int row = i % (parts.length * rows);
            maps[f][row] = parts[row / rows].maps.row(f, 0, row % rows);
        }
        products = new RowProducts(block * output.size(3));
    }

    static Runnable of(Window window, Shape input, Shape output, float[] x, float[] g, float[] out) {
        ScalarNarrowKernels gradient = new ScalarNarrowKernels(window, input, output);
        return () -> gradient.run(x, g, out);
    }

    private void run(float[] x, float[] g, float[] out) {
        Arrays.fill(out, 0);
        int blocks = parts[0].count() / groups;
        for (int group = 0; group < groups; group++) {
            for (int block = 0; block < blocks; block += parts.length) {
                int loaded = Math.min(parts.length, blocks - block);
                for (int i = 0; i < loaded; i++) {
                    parts[i].loadImages((block + i) * groups + group, x);
                    parts[i].loadMaps((block + i) * groups + group, g);
                }
                for (int tap = 0; tap < taps; tap += 2) {
                    products(tap, loaded * rows, out, group * filters * taps);
                }
            }
        }
    }

    /** Two elements of all filters; an odd last element or filter meets itself. */
    private void products(int tap, int count, float[] out, int to) {
        int nextTap = Math.min(tap + 1, taps - 1);
        for (int row = 0; row < count; row++) {
            seen[0][row] = parts[row / rows].seen(tap, row % rows);
            seen[1][row] = parts[row / rows].seen(nextTap, row % rows);
        }
        for (int f = 0; f < filters; f += 2) {
            int nextFilter = Math.min(f + 1, filters - 1);
            products.multiply(seen[0], seen[1], maps[f], maps[nextFilter], count);
            for (int i = tap; i <= nextTap; i++) {
                for (int k = f; k <= nextFilter; k++) {
                    out[to + k * taps + i] += products.total(i - tap, k - f);
                }
            }
        }
    }
}
