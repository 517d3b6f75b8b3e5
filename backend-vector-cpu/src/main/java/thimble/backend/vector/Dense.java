package thimble.backend.vector;

import java.lang.foreign.MemorySegment;

/**
 * Product of a matrix without a batch axis and features with the batch innermost: {@code y[i] = Σₖ w(i, k) · x[k]} for every example.
 * Operands w and x, gives y. The matrix is read in place in either orientation; one example's elements are numbered row-major, so images
 * serve as features, halo or not.
 */
final class Dense implements Contraction {
    /** Terms of one pass over the rows: so many vectors of x stay in the second cache. */
    private static final int BAND = 2048;

    private final TileJobs jobs;

    /**
     * Prepares the launch.
     *
     * @param rowStride floats from w(i, k) to w(i + 1, k)
     * @param columnStride floats from w(i, k) to w(i, k + 1)
     * @param y layout of the result, without a halo
     */
    Dense(int rowStride, int columnStride, BatchLayout x, BatchLayout y) {
        if (y.halo() > 0) {
            throw new IllegalArgumentException("[dense] expected a result without a halo but received " + y);
        }
        var builder = new TileJobs.Builder(Tile.Form.PRODUCT);
        int terms = x.elements();
        for (int k = 0; k < terms; k++) {
            builder.pair(4 * k * columnStride, x.offset(k));
        }
        int lane = 0;
        for (int vectors : Tiles.split(y.lanes() / Species.LANES, Tiles.VECTORS)) {
            int most = Tiles.maxRows(Tile.Form.PRODUCT, vectors);
            int row = 0;
            for (int part : Tiles.split(y.elements(), Math.max(most, 8 * most))) {
                builder.cut();
                for (int k = 0; k < terms; k += BAND) {
                    int i = row;
                    for (int rows : Tiles.split(part, most)) {
                        builder.job(
                                rows,
                                vectors,
                                k,
                                Math.min(BAND, terms - k),
                                k > 0,
                                4 * i * rowStride,
                                lane,
                                i * y.pixelStride() + lane);
                        i += rows;
                    }
                }
                row += part;
            }
            lane += vectors * Species.BYTES;
        }
        this.jobs = builder.balanced(4L * rowStride, 0, y.pixelStride());
    }

    @Override
    public Kernel bind(MemorySegment w, MemorySegment x, MemorySegment y, MemorySegment workspace) {
        return jobs.bind(w, x, y);
    }
}
