package thimble.backend.vector.contraction;

import java.util.ArrayList;
import java.util.List;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Species;
import thimble.tensor.Window;

/**
 * The output positions whose window has elements of a kernel inside the image or its halo, as pairs of offsets into g and x:
 * row by row, at each position the whole groups of 16 examples, and once more for what is left of the batch. Elements that meet the same
 * positions share them.
 */
final class TapPositions {
    private final Window window;
    private final BatchLayout x;
    private final BatchLayout g;
    private final TileJobs.Builder builder;
    private final List<Rectangle> known = new ArrayList<>();

    /** Rows and columns of positions, and where their pairs and those for what is left of the batch begin. */
    record Rectangle(int top, int bottom, int left, int right, int pairs, int tailPairs) {
        private boolean covers(int[] rows, int[] columns) {
            return top == rows[0] && bottom == rows[1] && left == columns[0] && right == columns[1];
        }
    }

    /** Columns of positions, [from, to), that meet the same elements of the kernel's row, [first, end). */
    record Segment(int from, int to, int first, int end) {
        /** The first of the elements [column, column + count) that is among them, counted from {@code column}. */
        int first(int column, int count) {
            return Math.clamp(first - column, 0, count);
        }

        /** How many of the elements [column, column + count) are among them. */
        int count(int column, int count) {
            return Math.clamp(end - column, first(column, count), count) - first(column, count);
        }
    }

    TapPositions(Window window, BatchLayout x, BatchLayout g, TileJobs.Builder builder) {
        this.window = window;
        this.x = x;
        this.g = g;
        this.builder = builder;
    }

    /** Columns cut where the elements that they meet change; columns that meet none are left out. */
    List<Segment> segments() {
        List<Segment> all = new ArrayList<>();
        for (int j = 0; j < g.width(); j++) {
            int first = window.kernelWidth();
            int end = 0;
            for (int column = 0; column < window.kernelWidth(); column++) {
                int[] columns = columns(column);
                if (j >= columns[0] && j < columns[1]) {
                    first = Math.min(first, column);
                    end = column + 1;
                }
            }
            Segment last = all.isEmpty() ? null : all.getLast();
            if (last != null && last.to == j && last.first == first && last.end == end) {
                all.set(all.size() - 1, new Segment(last.from, j + 1, first, end));
            } else if (first < end) {
                all.add(new Segment(j, j + 1, first, end));
            }
        }
        return all;
    }

    /** Columns [from, to) of the positions that meet an element of the kernel's row. */
    int[] columns(int column) {
        return range(column * window.dilationWidth() - window.padLeft(), window.strideWidth(), x.width(), g.width());
    }

    /** The positions in columns [from, to) that meet a row of the kernel. */
    Rectangle of(int row, int from, int to) {
        int[] rows =
                range(row * window.dilationHeight() - window.padTop(), window.strideHeight(), x.height(), g.height());
        int[] columns = {from, to};
        for (Rectangle one : known) {
            if (one.covers(rows, columns)) {
                return one;
            }
        }
        int pairs = add(rows, columns, g.batch() / Species.GROUP);
        var made = new Rectangle(rows[0], rows[1], columns[0], columns[1], pairs, add(rows, columns, 1));
        known.add(made);
        return made;
    }

    private int add(int[] rows, int[] columns, int vectors) {
        int first = builder.nextPair();
        for (int i = rows[0]; i < rows[1]; i++) {
            for (int j = columns[0]; j < columns[1]; j++) {
                for (int v = 0; v < vectors; v++) {
                    int lane = v * Species.GROUP_BYTES;
                    builder.pair(
                            i * g.rowStride() + j * g.pixelStride() + lane,
                            i * window.strideHeight() * x.rowStride()
                                    + j * window.strideWidth() * x.pixelStride()
                                    + lane);
                }
            }
        }
        return first;
    }

    /** Positions in [0, count) whose element {@code shift + position · stride} lies in the image or its halo. */
    private int[] range(int shift, int stride, int size, int count) {
        int from = Math.clamp(Math.ceilDiv(-x.halo() - shift, stride), 0, count);
        int to = Math.clamp(Math.floorDiv(size + x.halo() - 1 - shift, stride) + 1, from, count);
        return new int[] {from, to};
    }
}
