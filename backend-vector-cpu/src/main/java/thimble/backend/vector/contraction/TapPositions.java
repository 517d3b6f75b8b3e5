package thimble.backend.vector.contraction;

import java.util.ArrayList;
import java.util.List;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Species;
import thimble.tensor.Window;

/**
 * For each element of a kernel the output positions whose window has it inside the image or its halo, as pairs of offsets into g and x:
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

    TapPositions(Window window, BatchLayout x, BatchLayout g, TileJobs.Builder builder) {
        this.window = window;
        this.x = x;
        this.g = g;
        this.builder = builder;
    }

    /** The positions of a kernel element. */
    Rectangle of(int row, int column) {
        int[] rows =
                range(row * window.dilationHeight() - window.padTop(), window.strideHeight(), x.height(), g.height());
        int[] columns =
                range(column * window.dilationWidth() - window.padLeft(), window.strideWidth(), x.width(), g.width());
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
