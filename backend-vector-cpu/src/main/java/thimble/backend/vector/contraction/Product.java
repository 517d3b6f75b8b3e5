package thimble.backend.vector.contraction;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Species;
import thimble.backend.vector.movement.RowCopy;
import thimble.backend.vector.movement.Transposition;

/**
 * Product of row-major matrices without a batch axis, once for each of {@code count} matrices that lie one after another: {@code
 * c = a · b}, each operand optionally stored transposed. Every number of c sums over k in order, so its bits depend neither on the
 * width of vectors nor on threads. A transposed b is turned first. For many rows of a, a factor b whose rows are not whole groups of vectors is
 * copied; where its rows would fall on the same lines of the cache, or there are many, into panels: the columns of a tile, row after row. Of a
 * large b some panels are made at a time, and used while they are in the cache.
 */
public final class Product {
    /** Columns of which a multiple puts the rows of b on the same lines of the cache. */
    private static final int ALIASED = 256;

    /** Rows of a from which copying such a b pays. */
    private static final int MANY_ROWS = 32;

    /** Rows of a and columns of b from which copying b pays in any case, since each of its rows lies on other pages. */
    private static final int DISTANT = 512;

    /** Rows and terms of a larger a that stay in the second cache, 512 KB, while all columns of b pass. */
    private static final int NEAR_ROWS = 256;

    private static final int NEAR_TERMS = 512;

    /** Bytes of b's panels that are made and used before the next, and least columns of those. */
    private static final int NEAR_PANELS = 1 << 20;

    private static final int LEAST_COLUMNS = 256;

    /** Products [first, first + count) over panels [left, right), whose first has {@code column} columns before it. */
    private record Section(int first, int count, int left, int right, int column, int columns, List<TileJobs> slices) {}

    private final int count;
    private final int m;
    private final int n;
    private final int k;
    private final boolean transposeA;
    private final boolean transposeB;
    private final boolean copied;
    private final int width;
    /** Columns of each panel: those of a tile, at least a group, or all. */
    private final int[] panels;

    private final List<Section> sections = new ArrayList<>();

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
        boolean aliased = m >= MANY_ROWS && width % ALIASED == 0;
        boolean distant = m >= DISTANT && width >= DISTANT;
        this.copied = transposeB || n != width || aliased || distant;
        this.panels = aliased || distant ? panels() : new int[] {width};
        sections();
    }

    private boolean large() {
        return Tiles.DIVIDED && !shared() && (long) m * k > NEAR_ROWS * NEAR_TERMS;
    }

    /** Whether tiles have columns in common. */
    private boolean shared() {
        return width % Species.LANES > 0;
    }

    private int[] panels() {
        int[] columns = Tiles.split(width / Species.GROUP, Math.max(1, Tiles.VECTORS * Species.LANES / Species.GROUP));
        Arrays.setAll(columns, i -> columns[i] * Species.GROUP);
        return columns;
    }

    private void sections() {
        boolean together = panels.length == 1 || !large();
        int most = together ? panels.length : Math.max(LEAST_COLUMNS, NEAR_PANELS / 4 / k) / panels[0];
        for (int q = 0; q < count; q += together ? count : 1) {
            int left = 0;
            int column = 0;
            for (int size : Tiles.split(panels.length, most)) {
                int columns = Arrays.stream(panels, left, left + size).sum();
                var section =
                        new Section(q, together ? count : 1, left, left + size, column, columns, new ArrayList<>());
                int from = 0;
                for (int terms : large() ? Tiles.split(k, NEAR_TERMS) : new int[] {k}) {
                    section.slices.add(slice(section, from, terms));
                    from += terms;
                }
                sections.add(section);
                left += size;
                column += columns;
            }
        }
    }

    /** Calls for some of the terms of every sum. */
    private TileJobs slice(Section section, int from, int terms) {
        int rowStep = 4 * (transposeA ? 1 : k);
        int termStep = 4 * (transposeA ? m : 1);
        var builder = new TileJobs.Builder(Tile.Form.PRODUCT);
        if (shared()) {
            builder.undivided();
        }
        Map<Integer, Integer> pairs = new HashMap<>();
        int[] blocks = large() ? Tiles.split(m, NEAR_ROWS) : new int[] {m};
        for (int q = 0; q < section.count; q++) {
            int row = 0;
            for (int rows : blocks) {
                int left = 0;
                for (int panel = section.left; panel < section.right; panel++) {
                    int stride = 4 * panels[panel];
                    int first = pairs.computeIfAbsent(stride, _ -> pairs(builder, terms, termStep, stride));
                    int a = 4 * (section.first + q) * m * k + row * rowStep + from * termStep;
                    int b = 4 * (q * section.columns + left) * k + from * stride;
                    int c = 4 * (((section.first + q) * m + row) * width + section.column + left);
                    for (Tiles.Columns tile : Tiles.columns(panels[panel])) {
                        int at = 4 * tile.first();
                        builder.rows(
                                rows, tile.vectors(), first, terms, a, rowStep, b + at, c + at, 4 * width, from > 0);
                    }
                    left += panels[panel];
                }
                row += rows;
            }
        }
        return builder.balanced(rowStep, 0, 4L * width);
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
        long most = sections.stream()
                .mapToLong(section -> 4L * section.count * k * section.columns)
                .max()
                .orElse(0);
        return copied ? most : 0;
    }

    /** The launches over these operands, one after another. */
    public List<Kernel> bind(MemorySegment a, MemorySegment b, MemorySegment c, MemorySegment workspace) {
        List<Kernel> kernels = new ArrayList<>();
        MemorySegment result = n == width ? c : workspace.asSlice(factorBytes());
        for (Section section : sections) {
            if (copied) {
                copies(kernels, section, b, workspace);
            }
            section.slices.forEach(jobs -> kernels.add(jobs.bind(a, copied ? workspace : b, result)));
        }
        if (n != width) {
            kernels.add(
                    new RowCopy(count * m, result, 4L * width, c, List.of(new RowCopy.Piece(0, 0, 4L * n, 4L * n))));
        }
        return kernels;
    }

    private void copies(List<Kernel> kernels, Section section, MemorySegment b, MemorySegment workspace) {
        long into = 0;
        for (int q = section.first; q < section.first + section.count; q++) {
            MemorySegment factor = b.asSlice(4L * q * k * n, 4L * k * n);
            List<RowCopy.Piece> pieces = new ArrayList<>();
            int column = section.column;
            for (int panel = section.left; panel < section.right; panel++) {
                int filled = Math.min(panels[panel], n - column);
                if (transposeB) {
                    kernels.add(Transposition.toLanes(
                            BatchLayout.features(k, filled),
                            k,
                            factor.asSlice(4L * column * k, 4L * filled * k),
                            workspace.asSlice(into, 4L * k * panels[panel])));
                } else {
                    pieces.add(new RowCopy.Piece(4L * column, into, 4L * filled, 4L * panels[panel]));
                }
                column += panels[panel];
                into += 4L * k * panels[panel];
            }
            if (!transposeB) {
                kernels.add(new RowCopy(k, factor, 4L * n, workspace, pieces));
            }
        }
    }
}
