package thimble.backend.vector.contraction;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Species;
import thimble.backend.vector.movement.Transposition;

/**
 * Product of row-major matrices without a batch axis, once for each of {@code count} matrices that lie one after another: {@code
 * c = a · b}, each operand optionally stored transposed. Every number of c sums over k in order, so its bits depend neither on the
 * width of vectors nor on threads. A transposed b is turned first. For many rows of a, a factor b whose rows are not whole groups of vectors is
 * copied; where its rows would fall on the same lines of the cache, into panels: the columns of a tile, row after row.
 */
public final class Product {
    /** Columns of which a multiple puts the rows of b on the same lines of the cache. */
    private static final int ALIASED = 256;

    /** Rows of a from which copying b pays. */
    private static final int MANY_ROWS = 32;

    /** Rows and terms of a larger a that stay in the second cache, 512 KB, while all columns of b pass. */
    private static final int NEAR_ROWS = 256;

    private static final int NEAR_TERMS = 512;

    private static final int MOST_CHUNKS = 32;
    private static final long CHUNK_FLOATS = 1 << 14;

    private final int count;
    private final int m;
    private final int n;
    private final int k;
    private final boolean transposeA;
    private final boolean transposeB;
    private final boolean aliased;
    private final boolean copied;
    private final int width;
    private final List<TileJobs> slices = new ArrayList<>();

    /**
     * Prepares the launches for a [m, k] or, transposed, [k, m], b [k, n] or, transposed, [n, k], and c [m, n].
     *
     * @param count number of products
     */
    public Product(int count, int m, int n, int k, boolean transposeA, boolean transposeB) {
        long most = 4L * count * Math.max((long) Math.max(m, k) * BatchLayout.lanes(n), (long) m * k);
        if (most > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "[matmul] expected operands of at most 2 GiB but received %d x [%d, %d] · [%d, %d]"
                            .formatted(count, m, k, k, n));
        }
        this.count = count;
        this.m = m;
        this.n = n;
        this.k = k;
        this.transposeA = transposeA;
        this.transposeB = transposeB;
        this.width = !transposeB && m < MANY_ROWS && n >= Species.LANES ? n : BatchLayout.lanes(n);
        this.aliased = width % ALIASED == 0 && m >= MANY_ROWS;
        this.copied = transposeB || n != width || aliased;
        int from = 0;
        for (int terms : large() ? Tiles.split(k, NEAR_TERMS) : new int[] {k}) {
            slices.add(slice(from, terms));
            from += terms;
        }
    }

    private boolean large() {
        return Tiles.DIVIDED && !shared() && (long) m * k > NEAR_ROWS * NEAR_TERMS;
    }

    /** Whether tiles have columns in common. */
    private boolean shared() {
        return width % Species.LANES > 0;
    }

    /** Calls for some of the terms of every sum. */
    private TileJobs slice(int from, int terms) {
        int rowStep = 4 * (transposeA ? 1 : k);
        int termStep = 4 * (transposeA ? m : 1);
        var builder = new TileJobs.Builder(Tile.Form.PRODUCT);
        if (shared()) {
            builder.undivided();
        }
        Map<Integer, Integer> pairs = new HashMap<>();
        int[] blocks = large() ? Tiles.split(m, NEAR_ROWS) : new int[] {m};
        for (int q = 0; q < count; q++) {
            int row = 0;
            for (int rows : blocks) {
                int left = 0;
                for (int columns : columns()) {
                    int stride = 4 * columns;
                    int first = pairs.computeIfAbsent(stride, _ -> pairs(builder, terms, termStep, stride));
                    int a = 4 * q * m * k + row * rowStep + from * termStep;
                    int b = 4 * (q * width + left) * k + from * stride;
                    int c = 4 * ((q * m + row) * width + left);
                    for (Tiles.Columns tile : Tiles.columns(columns)) {
                        int at = 4 * tile.first();
                        builder.rows(
                                rows, tile.vectors(), first, terms, a, rowStep, b + at, c + at, 4 * width, from > 0);
                    }
                    left += columns;
                }
                row += rows;
            }
        }
        return builder.balanced(rowStep, 0, 4L * width);
    }

    /** Columns of each panel: those of a tile, at least a group, or all. */
    private int[] columns() {
        if (!aliased) {
            return new int[] {width};
        }
        int[] columns = Tiles.split(width / Species.GROUP, Math.max(1, Tiles.VECTORS * Species.LANES / Species.GROUP));
        Arrays.setAll(columns, i -> columns[i] * Species.GROUP);
        return columns;
    }

    private static int pairs(TileJobs.Builder builder, int terms, int termStep, int stride) {
        int first = builder.nextPair();
        for (int i = 0; i < terms; i++) {
            builder.pair(i * termStep, i * stride);
        }
        return first;
    }

    /** Bytes of scratch memory; 0 if none. */
    public long workspace() {
        return factorBytes() + (n == width ? 0 : 4L * count * m * width);
    }

    private long factorBytes() {
        return copied ? 4L * count * k * width : 0;
    }

    /** The launches over these operands, one after another. */
    public List<Kernel> bind(MemorySegment a, MemorySegment b, MemorySegment c, MemorySegment workspace) {
        List<Kernel> kernels = new ArrayList<>();
        MemorySegment result = n == width ? c : workspace.asSlice(factorBytes());
        if (copied) {
            for (int q = 0; q < count; q++) {
                MemorySegment factor = b.asSlice(4L * q * k * n, 4L * k * n);
                panels(kernels, factor, workspace.asSlice(4L * q * k * width, 4L * k * width));
            }
        }
        slices.forEach(jobs -> kernels.add(jobs.bind(a, copied ? workspace : b, result)));
        if (n != width) {
            kernels.add(new RowCopy(count * m, 4L * n, result, 4L * width, c, 4L * n));
        }
        return kernels;
    }

    private void panels(List<Kernel> kernels, MemorySegment factor, MemorySegment into) {
        int column = 0;
        for (int columns : columns()) {
            int filled = Math.min(columns, n - column);
            MemorySegment panel = into.asSlice(4L * k * column, 4L * k * columns);
            kernels.add(
                    transposeB
                            ? Transposition.toLanes(
                                    BatchLayout.features(k, filled),
                                    k,
                                    factor.asSlice(4L * column * k, 4L * filled * k),
                                    panel)
                            : new RowCopy(k, 4L * filled, factor.asSlice(4L * column), 4L * n, panel, 4L * columns));
            column += columns;
        }
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
                long source = row * fromStride;
                long target = row * intoStride;
                long whole = bytes / Species.BYTES * Species.BYTES;
                for (long i = 0; i < whole; i += Species.BYTES) {
                    FloatVector.fromMemorySegment(Species.FLOATS, from, source + i, Species.ORDER)
                            .intoMemorySegment(into, target + i, Species.ORDER);
                }
                if (whole < bytes) {
                    MemorySegment.copy(from, source + whole, into, target + whole, bytes - whole);
                }
            }
        }
    }
}
