package thimble.backend.vector;

import java.lang.foreign.MemorySegment;

/**
 * Sum of outer products over the batch: {@code w(i, j) = Σₙ g[i][n] · t[n][j]}. Operands g with the batch innermost
 * and t, the other factor transposed to rows of examples by {@link Transposition}; gives w [i][stride], pad columns
 * included. Pad lanes of g are not read.
 */
final class DenseKernelGradient implements Contraction {
    private final TileJobs jobs;

    /**
     * Prepares the launch.
     *
     * @param g layout of the first factor, without a halo
     * @param stride floats of a row of t and of w, a multiple of 16
     */
    DenseKernelGradient(BatchLayout g, int stride) {
        if (g.halo() > 0 || stride % Species.GROUP != 0) {
            throw new IllegalArgumentException(
                    "[dense] expected no halo and rows of a multiple of 16 floats but received " + g + " and "
                            + stride);
        }
        var builder = new TileJobs.Builder(Tile.Form.PRODUCT);
        for (int n = 0; n < g.batch(); n++) {
            builder.pair(4 * n, 4 * n * stride);
        }
        int column = 0;
        for (int vectors : Tiles.split(stride / Species.LANES, Tiles.VECTORS)) {
            int i = 0;
            for (int rows : Tiles.split(g.elements(), Tiles.maxRows(Tile.Form.PRODUCT, vectors))) {
                builder.cut();
                builder.job(rows, vectors, 0, g.batch(), i * g.pixelStride(), column, 4 * i * stride + column);
                i += rows;
            }
            column += vectors * Species.BYTES;
        }
        this.jobs = builder.balanced(g.pixelStride(), 0, 4L * stride);
    }

    @Override
    public Kernel bind(MemorySegment g, MemorySegment t, MemorySegment w, MemorySegment workspace) {
        return jobs.bind(g, t, w);
    }
}
