package thimble.backend.vector.contraction;

import java.lang.foreign.MemorySegment;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Species;
import thimble.backend.vector.movement.Transposition;

/**
 * Sum of outer products over the batch: {@code w(i, j) = Σₙ g[i][n] · t[n][j]}. Operands g with the batch innermost and t, the other
 * factor turned to rows of examples by {@link Transposition}; gives w [i][{@link #width}]. Pad lanes of g are not read.
 */
public final class DenseKernelGradient implements Contraction {
    /** Floats of which a multiple puts the rows of t on the same lines of the cache. */
    private static final int ALIASED = 256;

    private final TileJobs jobs;

    /**
     * Prepares the launch.
     *
     * @param g layout of the first factor, without a halo
     * @param columns columns of w
     */
    public DenseKernelGradient(BatchLayout g, int columns) {
        if (g.halo() > 0) {
            throw new IllegalArgumentException("[dense] expected no halo but received " + g);
        }
        var builder = new TileJobs.Builder(Tile.Form.PRODUCT);
        for (int n = 0; n < g.batch(); n++) {
            builder.pair(4 * n, 4 * n * stride(columns));
        }
        int width = width(columns);
        int whole = width / Species.LANES;
        boolean early = width % Species.LANES > 0;
        int[] tiles = Tiles.split(early && whole > Tiles.VECTORS ? whole + 1 : whole, Tiles.VECTORS);
        int column = 0;
        for (int vectors : tiles) {
            // Where the last tile would end late it begins early; what it shares with the one before has the same bits.
            column = Math.min(column, width - vectors * Species.LANES);
            rows(builder, g, vectors, column, width);
            column += vectors * Species.LANES;
        }
        if (column < width) {
            rows(builder, g, 1, width - Species.LANES, width);
        }
        this.jobs = builder.balanced(g.pixelStride(), 0, 4L * width);
    }

    /** Floats of a row of w for this many columns: as many, or if they are fewer than 16, 16 with pad columns behind. */
    public static int width(int columns) {
        return Math.max(columns, Species.GROUP);
    }

    /** Floats of a row of t for this many columns. */
    public static int stride(int columns) {
        int lanes = BatchLayout.lanes(columns);
        return lanes % ALIASED == 0 ? lanes + Species.GROUP : lanes;
    }

    private static void rows(TileJobs.Builder builder, BatchLayout g, int vectors, int column, int width) {
        int i = 0;
        for (int rows : Tiles.split(g.elements(), Tiles.maxRows(Tile.Form.PRODUCT, vectors))) {
            builder.cut();
            builder.job(rows, vectors, 0, g.batch(), i * g.pixelStride(), 4 * column, 4 * (i * width + column));
            i += rows;
        }
    }

    @Override
    public Kernel bind(MemorySegment g, MemorySegment t, MemorySegment w, MemorySegment workspace) {
        return jobs.bind(g, t, w);
    }
}
