package thimble.backend.vector;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import thimble.tensor.Window;

/**
 * Adjoint of {@link Convolution} in the kernel: operands x and g, gives kernel [o][stride], whose floats beyond c / groups · kh · kw it
 * leaves alone. Every element sums lane by lane over positions and whole groups of 16 examples, then over the examples that are left, then
 * over the lanes in a fixed tree; pad lanes never count, whatever they hold.
 */
final class KernelGradient implements Contraction {
    /** Bytes of partial sums of a block of kernel elements. */
    private static final int BLOCK_BYTES = Tiles.DOT_ROWS * Tiles.DOT_COLUMNS * Species.GROUP_BYTES;

    /** Bytes of g and x that a band of rows may touch, so that they stay in the second cache. */
    private static final int BAND_BYTES = 300_000;

    /** Blocks whose partial sums wait together for the fold. */
    private static final int SECTION_BLOCKS = 64;

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
        boolean covered = corner == positions(builder, window.kernelHeight() - 1, window.kernelWidth() - 1);
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
        for (int i = 0; i < chunks; i++) {
            for (int s = start(i); s < start(i + 1); s++) {
                builder.cut();
                section(builder, sections.get(s), 2 * i * SECTION_BLOCKS * BLOCK_BYTES);
            }
        }
        int step = alongRow ? window.dilationWidth() * x.pixelStride() : x.channelStride();
        this.jobs = builder.cut(g.channelStride(), step, (long) Tiles.DOT_COLUMNS * Species.GROUP_BYTES);
    }

    @Override
    public long workspace() {
        return 2L * chunks * SECTION_BLOCKS * BLOCK_BYTES;
    }

    @Override
    public Kernel bind(MemorySegment x, MemorySegment g, MemorySegment kernel, MemorySegment workspace) {
        return new Kernel() {
            @Override
            public int chunks() {
                return chunks;
            }

            @Override
            public void run(int chunk) {
                for (int s = start(chunk); s < start(chunk + 1); s++) {
                    jobs.run(s, g, x, workspace);
                    fold(sections.get(s), 2 * chunk * SECTION_BLOCKS * BLOCK_BYTES, workspace, kernel);
                }
            }
        };
    }

    private int start(int chunk) {
        return sections.size() * chunk / chunks;
    }

    private void fold(List<Block> section, int at, MemorySegment partials, MemorySegment kernel) {
        int step = 4 * (alongRow ? 1 : window.kernelHeight() * window.kernelWidth());
        int tail = g.batch() % Species.GROUP;
        long from = at;
        for (int s = 0; s < section.size(); s++) {
            Block block = section.get(s);
            for (int i = 0; i < block.rows; i++) {
                long row = from + (long) i * Tiles.DOT_COLUMNS * Species.GROUP_BYTES;
                long second = row + (long) SECTION_BLOCKS * BLOCK_BYTES;
                Fold.spread(partials, row, second, tail, block.columns, kernel, block.into + 4L * i * kernelStride, step);
            }
            from += BLOCK_BYTES;
        }
    }

    private void blocks(TileJobs.Builder builder, int group, int output, int rows) {
        int inputs = x.channels() / window.groups();
        int width = window.kernelWidth();
        for (int input = 0; input < inputs; ) {
            int wide = alongRow ? 1 : Math.min(inputs - input, Tiles.DOT_COLUMNS);
            for (int row = 0; row < window.kernelHeight(); row++) {
                for (int column = 0; column < width; ) {
                    int columns = alongRow ? Math.min(width - column, Tiles.DOT_COLUMNS) : wide;
                    int b = x.offset(
                            group * inputs + input,
                            row * window.dilationHeight() - window.padTop(),
                            column * window.dilationWidth() - window.padLeft());
                    int into = 4 * (output * kernelStride + (input * window.kernelHeight() + row) * width + column);
                    var block = new Block(rows, columns, g.offset(output, 0, 0), b, into, positions(builder, row, column));
                    if (sections.isEmpty() || sections.getLast().size() == SECTION_BLOCKS || input + row + column == 0) {
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
        int band = Math.max(1, BAND_BYTES / (Tiles.DOT_ROWS * g.rowStride() + window.strideHeight() * x.rowStride()));
        for (int top = 0; top < g.height(); top += band) {
            for (int i = 0; i < section.size(); i++) {
                int into = at + i * BLOCK_BYTES;
                Block block = section.get(i);
                band(builder, block, top, top + band, block.positions.pairs, full, 0, into);
                int tail = g.batch() % Species.GROUP == 0 ? 0 : 1;
                int second = into + SECTION_BLOCKS * BLOCK_BYTES;
                band(builder, block, top, top + band, block.positions.tailPairs, tail, full * Species.GROUP_BYTES, second);
            }
        }
    }

    private void band(TileJobs.Builder builder, Block block, int top, int bottom, int pairs, int vectors, int lane, int into) {
        Positions positions = block.positions;
        int width = (positions.right - positions.left) * vectors;
        int from = Math.max(top, positions.top) - positions.top;
        int count = (Math.min(bottom, positions.bottom) - positions.top - from) * width;
        boolean continued = top > 0;
        if (continued && count <= 0) {
            return;
        }
        for (int half = 0; half < Species.GROUP_BYTES; half += Species.BYTES) {
            int shift = lane + half;
            builder.job(
                    block.rows,
                    block.columns,
                    pairs + Math.max(from, 0) * width,
                    Math.max(count, 0),
                    continued,
                    block.a + shift,
                    block.b + shift,
                    into + half);
        }
    }

    private Positions positions(TileJobs.Builder builder, int row, int column) {
        int[] vertical = range(
                row * window.dilationHeight() - window.padTop(), window.strideHeight(), x.height(), g.height());
        int[] horizontal = range(
                column * window.dilationWidth() - window.padLeft(), window.strideWidth(), x.width(), g.width());
        for (Positions one : known) {
            if (one.top == vertical[0] && one.bottom == vertical[1] && one.left == horizontal[0] && one.right == horizontal[1]) {
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
                                i * window.strideHeight() * x.rowStride() + j * window.strideWidth() * x.pixelStride() + lane);
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
