package thimble.backend.vector.contraction;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Species;
import thimble.backend.vector.movement.Transposition;

/**
 * Product of row-major matrices without a batch axis, once for each of {@code count} matrices that lie one after another: {@code
 * c = a · b}, each operand optionally stored transposed. Every number of c sums over k in order, so its bits depend neither on the
 * width of vectors nor on threads. A factor b whose rows are not whole groups of vectors, or would fall on the same lines of the
 * cache, is copied first; a transposed one is turned.
 */
public final class Product {
    /** Columns of which a multiple puts the rows of b on the same lines of the cache. */
    private static final int ALIASED = 256;

    /** Rows of a from which copying b pays. */
    private static final int MANY_ROWS = 32;

    private static final int MOST_CHUNKS = 32;
    private static final long CHUNK_FLOATS = 1 << 14;

    private final int count;
    private final int m;
    private final int n;
    private final int k;
    private final boolean transposeB;
    private final boolean copied;
    private final int stride;
    private final int width;
    private final TileJobs jobs;

    /**
     * Prepares the launches for a [m, k] or, transposed, [k, m], b [k, n] or, transposed, [n, k], and c [m, n].
     *
     * @param count number of products
     */
    public Product(int count, int m, int n, int k, boolean transposeA, boolean transposeB) {
        long most = 4L * count * Math.max((long) Math.max(m, k) * BatchLayout.lanes(n + 1), (long) m * k);
        if (most > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "[matmul] expected operands of at most 2 GiB but received %d x [%d, %d] · [%d, %d]"
                            .formatted(count, m, k, k, n));
        }
        this.count = count;
        this.m = m;
        this.n = n;
        this.k = k;
        this.transposeB = transposeB;
        this.width = BatchLayout.lanes(n);
        boolean aliased = n % ALIASED == 0 && m >= MANY_ROWS;
        this.copied = !transposeB && (n != width || aliased);
        this.stride = width + (copied && aliased ? BatchLayout.GROUP : 0);
        int rowStep = 4 * (transposeA ? 1 : k);
        var builder = new TileJobs.Builder(Tile.Form.PRODUCT);
        for (int i = 0; i < k; i++) {
            builder.pair(4 * i * (transposeA ? m : 1), 4 * i * stride);
        }
        for (int q = 0; q < count; q++) {
            int column = 0;
            for (int vectors : Tiles.split(width / Species.LANES, Tiles.VECTORS)) {
                int row = 0;
                for (int rows : Tiles.split(m, Tiles.maxRows(Tile.Form.PRODUCT, vectors))) {
                    builder.cut();
                    int a = 4 * q * m * k + row * rowStep;
                    builder.job(
                            rows, vectors, 0, k, a, 4 * q * k * stride + column, 4 * (q * m + row) * width + column);
                    row += rows;
                }
                column += vectors * Species.BYTES;
            }
        }
        this.jobs = builder.balanced(rowStep, 0, 4L * width);
    }

    /** Bytes of scratch memory; 0 if none. */
    public long workspace() {
        return factorBytes() + (n == width ? 0 : 4L * count * m * width);
    }

    private long factorBytes() {
        return transposeB || copied ? 4L * count * k * stride : 0;
    }

    /** The launches over these operands, one after another. */
    public List<Kernel> bind(MemorySegment a, MemorySegment b, MemorySegment c, MemorySegment workspace) {
        List<Kernel> kernels = new ArrayList<>();
        MemorySegment result = n == width ? c : workspace.asSlice(factorBytes());
        if (transposeB) {
            BatchLayout turned = BatchLayout.features(k, n);
            for (int q = 0; q < count; q++) {
                MemorySegment into = workspace.asSlice(q * (long) turned.bytes(), turned.bytes());
                kernels.add(Transposition.toLanes(turned, k, b.asSlice(4L * q * n * k, 4L * n * k), into));
            }
        } else if (copied) {
            kernels.add(new RowCopy(count * k, 4L * n, b, 4L * n, workspace, 4L * stride));
        }
        kernels.add(jobs.bind(a, transposeB || copied ? workspace : b, result));
        if (n != width) {
            kernels.add(new RowCopy(count * m, 4L * n, result, 4L * width, c, 4L * n));
        }
        return kernels;
    }

    /** Copies rows between two strides, all in bytes. */
    private record RowCopy(
            int rows, long bytes, MemorySegment from, long fromStride, MemorySegment into, long intoStride)
            implements Kernel {
        @Override
        public int chunks() {
            return Math.clamp(rows * bytes / 4 / CHUNK_FLOATS, 1, Math.min(rows, MOST_CHUNKS));
        }

        @Override
        public void run(int chunk) {
            int chunks = chunks();
            int end = (int) ((long) rows * (chunk + 1) / chunks);
            for (int row = (int) ((long) rows * chunk / chunks); row < end; row++) {
                MemorySegment.copy(from, row * fromStride, into, row * intoStride, bytes);
            }
        }
    }
}
