package thimble.backend.vector.scalar;

import java.util.Arrays;
import thimble.tensor.Window;

/**
 * Rows of pictures of several examples, side by side: for each channel, column of the kernel and row of the picture what that column of the
 * kernel sees at every output column, example after example. A row of the kernel then is another of these rows, not another copy.
 */
final class ScalarBands {
    private final Window window;
    private final int height;
    private final int width;
    private final int columns;
    private final int[] first;
    private final int[] end;
    private final float[][] rows;
    private final float[] zeros;

    ScalarBands(Window window, int channels, int height, int width, int examples) {
        this.window = window;
        this.height = height;
        this.width = width;
        this.columns = window.outputWidth(width);
        this.first = new int[window.kernelWidth()];
        this.end = new int[window.kernelWidth()];
        for (int tap = 0; tap < first.length; tap++) {
            first[tap] = Math.clamp(-Math.floorDiv(shift(tap), window.strideWidth()), 0, columns);
            end[tap] = Math.clamp(Math.floorDiv(width - 1 - shift(tap), window.strideWidth()) + 1, 0, columns);
        }
        this.rows = new float[channels * window.kernelWidth() * height][examples * columns];
        this.zeros = new float[examples * columns];
    }

    /** The row that row {@code tapRow} of the kernel sees at an output row; zeros in the padding. */
    float[] row(int channel, int tapRow, int tapColumn, int outputRow) {
        int y = outputRow * window.strideHeight() + tapRow * window.dilationHeight() - window.padTop();
        return y < 0 || y >= height ? zeros : row(channel, tapColumn, y);
    }

    /** The row of a picture as a column of the kernel sees it. */
    float[] row(int channel, int tapColumn, int y) {
        return rows[(channel * window.kernelWidth() + tapColumn) * height + y];
    }

    /** Reads {@code count} examples, {@code step} elements apart; the others become 0. */
    void load(float[] x, int from, int step, int count) {
        for (int i = 0; i < rows.length; i++) {
            int tap = i / height % window.kernelWidth();
            int at = from + picture(i) + shift(tap);
            for (int example = 0; example < count; example++) {
                read(x, at + example * step, rows[i], example * columns, first[tap], end[tap], window.strideWidth());
            }
            if (count * columns < rows[i].length) {
                Arrays.fill(rows[i], count * columns, rows[i].length, 0);
            }
        }
    }

    /** Adjoint of {@link #load}. */
    void addTo(float[] out, int to, int step, int count) {
        for (int i = 0; i < rows.length; i++) {
            int tap = i / height % window.kernelWidth();
            int at = to + picture(i) + shift(tap);
            for (int example = 0; example < count; example++) {
                add(rows[i], example * columns, out, at + example * step, first[tap], end[tap], window.strideWidth());
            }
        }
    }

    /** Writes {@code count} examples of a kernel of one element. */
    void store(float[] out, int to, int step, int count) {
        for (int i = 0; i < rows.length; i++) {
            int at = to + picture(i);
            for (int example = 0; example < count; example++) {
                System.arraycopy(rows[i], example * columns, out, at + example * step, columns);
            }
        }
    }

    /** Where the row of the picture begins that a row is read from. */
    private int picture(int row) {
        return (row / height / window.kernelWidth() * height + row % height) * width;
    }

    private int shift(int tap) {
        return tap * window.dilationWidth() - window.padLeft();
    }

    private static void read(float[] x, int from, float[] row, int to, int first, int end, int stride) {
        if (stride == 1 && first < end) {
            System.arraycopy(x, from + first, row, to + first, end - first);
            return;
        }
        for (int c = first; c < end; c++) {
            row[to + c] = x[from + c * stride];
        }
    }

    private static void add(float[] row, int from, float[] out, int to, int first, int end, int stride) {
        if (stride == 1) {
            for (int c = first; c < end; c++) {
                out[to + c] += row[from + c];
            }
            return;
        }
        for (int c = first; c < end; c++) {
            out[to + c * stride] += row[from + c];
        }
    }
}
