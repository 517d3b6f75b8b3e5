package thimble.backend.vector;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import thimble.tensor.Window;

/**
 * Adjoint of {@link Convolution} in the kernel: operands x and g, gives kernel [o][stride], whose floats beyond c /
 * groups · kh · kw it leaves alone. Bands of rows are summed lane by lane over positions and whole groups of 16
 * examples, then the bands, then the same over the examples that are left, then the lanes in a fixed tree; pad lanes
 * never count, whatever they hold.
 */
final class KernelGradient implements Contraction {
    /** Bytes of partial sums of a block of kernel elements. */
    private static final int BLOCK_BYTES = Tiles.DOT_ROWS * Tiles.DOT_COLUMNS * Species.GROUP_BYTES;

    /** Bytes of g and x that a band of rows may touch, so that they stay in the second cache. */
    private static final int BAND_BYTES = 300_000;

    /** Channels of g that a band is meant for; the same at every width of vectors, since bands are part of the order of sums. */
    private static final int BAND_CHANNELS = 4;

    /** Blocks whose partial sums wait together for the fold. */
    private static final int SECTION_BLOCKS = 32;

    private static final int MOST_CHUNKS = 32;

    /** Output positions where a kernel element lies inside the image, and where their pairs begin. */
    private record Positions(int top, int bottom, int left, int right, int pairs, int tailPairs) {}

    /** Kernel elements summed together: output channels times neighbours in the kernel's row or input channels. */
    private record Block(int rows, int columns, int a, int b, int into, Positions positions) {}

    private final Window window;
    private final BatchLayout x;
    private final BatchLayout g;
    private final int kernelStride;
    private final boolean alongRow;
    private final List<Positions> known = new ArrayList<>();
    private final List<List<Block>> sections = new ArrayList<>();
    private final int chunks;
    private final int band;
    private final int bands;
    private final int bandBytes;
    private final TileJobs jobs;

    /**
     * Prepares the launch.
     *
     * @param kernelStride floats from one output channel of the kernel to the next
     */
    KernelGradient(Window window, BatchLayout x, BatchLayout g, int kernelStride) {
        this.window = window;
        this.x = x;
        this.g = g;
        this.kernelStride = kernelStride;
        var builder = new TileJobs.Builder(Tile.Form.DOT);
        Positions corner = positions(builder, 0, 0);
        boolean covered = corner.equals(positions(builder, window.kernelHeight() - 1, window.kernelWidth() - 1));
        this.alongRow = covered && (window.kernelWidth() >= 3 || x.channels() == window.groups());
        int perGroup = g.channels() / window.groups();
        for (int group = 0; group < window.groups(); group++) {
            int first = group * perGroup;
            for (int rows : Tiles.split(perGroup, Tiles.DOT_ROWS)) {
                blocks(builder, group, first, rows);
                first += rows;
            }
        }
        this.chunks = Math.min(sections.size(), MOST_CHUNKS);
        this.band = Math.max(1, BAND_BYTES / (BAND_CHANNELS * g.rowStride() + window.strideHeight() * x.rowStride()));
        this.bands = Math.ceilDiv(g.height(), band);
        this.bandBytes = SECTION_BLOCKS * BLOCK_BYTES;
        for (int i = 0; i < chunks; i++) {
            for (int s = start(i); s < start(i + 1); s++) {
                builder.cut();
                section(builder, sections.get(s), i * chunkBytes());
            }
        }
        int step = alongRow ? window.dilationWidth() * x.pixelStride() : x.channelStride();
        this.jobs = builder.cut(g.channelStride(), step, (long) Tiles.DOT_COLUMNS * Species.GROUP_BYTES);
    }

    @Override
    public long workspace() {
        return (long) chunks * chunkBytes();
    }

    @Override
    public Kernel bind(MemorySegment x, MemorySegment g, MemorySegment kernel, MemorySegment workspace) {
        jobs.check(g, x, workspace);
        return new Kernel() {
            @Override
            public int chunks() {
                return chunks;
            }

            @Override
            public void run(int chunk) {
                long at = (long) chunk * chunkBytes();
                for (int s = start(chunk); s < start(chunk + 1); s++) {
                    jobs.run(s, g, x, workspace);
                    fold(sections.get(s), at, workspace, kernel);
                }
            }
        };
    }

    private int chunkBytes() {
        return bands * bandBytes * (g.batch() % Species.GROUP == 0 ? 1 : 2);
    }

    private int start(int chunk) {
        return sections.size() * chunk / chunks;
    }

    private void fold(List<Block> section, long at, MemorySegment partials, MemorySegment kernel) {
        int step = 4 * (alongRow ? 1 : window.kernelHeight() * window.kernelWidth());
        int tail = g.batch() % Species.GROUP;
        long from = at;
        for (int s = 0; s < section.size(); s++) {
            Block block = section.get(s);
            for (int i = 0; i < block.rows; i++) {
                long row = from + (long) i * Tiles.DOT_COLUMNS * Species.GROUP_BYTES;
                long into = block.into + 4L * i * kernelStride;
                Fold.spread(partials, row, bands, bandBytes, tail, block.columns, kernel, into, step);
            }
            from += BLOCK_BYTES;
        }
    }

    private void blocks(TileJobs.Builder builder, int group, int output, int rows) {
        int inputs = x.channels() / window.groups();
        int width = window.kernelWidth();
        int input = 0;
        for (int wide : Tiles.split(inputs, alongRow ? 1 : Tiles.DOT_COLUMNS)) {
            for (int row = 0; row < window.kernelHeight(); row++) {
                for (int column = 0; column < width; ) {
                    int columns = alongRow ? Math.min(width - column, Tiles.DOT_COLUMNS) : wide;
                    int b = x.offset(
                            group * inputs + input,
                            row * window.dilationHeight() - window.padTop(),
                            column * window.dilationWidth() - window.padLeft());
                    int into = 4 * (output * kernelStride + (input * window.kernelHeight() + row) * width + column);
                    var block =
                            new Block(rows, columns, g.offset(output, 0, 0), b, into, positions(builder, row, column));
                    if (sections.isEmpty()
                            || sections.getLast().size() == SECTION_BLOCKS
                            || input + row + column == 0) {
                        sections.add(new ArrayList<>());
                    }
                    sections.getLast().add(block);
                    column += alongRow ? columns : 1;
                }
            }
            input += wide;
        }
    }

    private void section(TileJobs.Builder builder, List<Block> section, int at) {
        int full = g.batch() / Species.GROUP;
        for (int i = 0; i < bands; i++) {
            for (int j = 0; j < section.size(); j++) {
                int into = at + i * bandBytes + j * BLOCK_BYTES;
                Block block = section.get(j);
                band(builder, block, i * band, block.positions.pairs, full, 0, into);
                if (g.batch() % Species.GROUP > 0) {
                    int second = into + bands * bandBytes;
                    band(builder, block, i * band, block.positions.tailPairs, 1, full * Species.GROUP_BYTES, second);
                }
            }
        }
    }

    private void band(TileJobs.Builder builder, Block block, int top, int pairs, int vectors, int lane, int into) {
        Positions positions = block.positions;
        int width = (positions.right - positions.left) * vectors;
        int from = Math.clamp(top, positions.top, positions.bottom);
        int to = Math.clamp(top + band, from, Math.max(from, positions.bottom));
        for (int half = 0; half < Species.GROUP_BYTES; half += Species.BYTES) {
            int shift = lane + half;
            builder.job(
                    block.rows,
                    block.columns,
                    pairs + (from - positions.top) * width,
                    (to - from) * width,
                    block.a + shift,
                    block.b + shift,
                    into + half);
        }
    }

    private Positions positions(TileJobs.Builder builder, int row, int column) {
        int[] vertical =
                range(row * window.dilationHeight() - window.padTop(), window.strideHeight(), x.height(), g.height());
        int[] horizontal =
                range(column * window.dilationWidth() - window.padLeft(), window.strideWidth(), x.width(), g.width());
        for (Positions one : known) {
            if (one.top == vertical[0]
                    && one.bottom == vertical[1]
                    && one.left == horizontal[0]
                    && one.right == horizontal[1]) {
                return one;
            }
        }
        int full = g.batch() / Species.GROUP;
        int first = builder.nextPair();
        for (int vectors : new int[] {full, 1}) {
            for (int i = vertical[0]; i < vertical[1]; i++) {
                for (int j = horizontal[0]; j < horizontal[1]; j++) {
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
        }
        int size = (vertical[1] - vertical[0]) * (horizontal[1] - horizontal[0]);
        var made = new Positions(vertical[0], vertical[1], horizontal[0], horizontal[1], first, first + size * full);
        known.add(made);
        return made;
    }

    /** Positions in [0, count) whose element {@code shift + position · stride} lies in the image or its halo. */
    private int[] range(int shift, int stride, int size, int count) {
        int from = Math.clamp(Math.ceilDiv(-x.halo() - shift, stride), 0, count);
        int to = Math.clamp(Math.floorDiv(size + x.halo() - 1 - shift, stride) + 1, from, count);
        return new int[] {from, to};
    }
}
