package thimble.backend.vector.contraction;

import java.lang.foreign.MemorySegment;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Species;

/**
 * Product of a matrix without a batch axis and features with the batch innermost: {@code y[i] = Σₖ w(i, k) · x[k]} for
 * every example. Operands w and x, gives y. The matrix is read in place in either orientation; one example's elements
 * are numbered row-major, so images serve as features, halo or not.
 */
public final class Dense implements Contraction {
    private final TileJobs jobs;

    /**
     * Prepares the launch.
     *
     * @param rowStride floats from w(i, k) to w(i + 1, k)
     * @param columnStride floats from w(i, k) to w(i, k + 1)
     * @param y layout of the result, without a halo
     */
    public Dense(int rowStride, int columnStride, BatchLayout x, BatchLayout y) {
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
            builder.rows(y.elements(), vectors, 0, terms, 0, 4 * rowStride, lane, lane, y.pixelStride(), false);
            lane += vectors * Species.BYTES;
        }
        this.jobs = builder.balanced(4L * rowStride, 0, y.pixelStride());
    }

    @Override
    public Kernel bind(MemorySegment w, MemorySegment x, MemorySegment y, MemorySegment workspace) {
        return jobs.bind(w, x, y);
    }
}
