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
        if (width % Species.LANES > 0) {
            builder.undivided();
        }
        for (Tiles.Columns tile : Tiles.columns(width)) {
            int at = 4 * tile.first();
            builder.rows(g.elements(), tile.vectors(), 0, g.batch(), 0, g.pixelStride(), at, at, 4 * width, false);
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

    @Override
    public Kernel bind(MemorySegment g, MemorySegment t, MemorySegment w, MemorySegment workspace) {
        return jobs.bind(g, t, w);
    }
}
