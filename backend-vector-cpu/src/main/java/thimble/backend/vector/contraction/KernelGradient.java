package thimble.backend.vector.contraction;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.Reach;
import thimble.backend.vector.memory.Species;
import thimble.backend.vector.movement.Fold;
import thimble.tensor.Window;

/**
 * Adjoint of {@link Convolution} in the kernel: operands x and g, gives kernel [o][stride], whose floats beyond c /
 * groups · kh · kw it leaves alone. Bands of rows are summed lane by lane over positions and whole groups of 16
 * examples, then the bands, then the same over the examples that are left, then the lanes in a fixed tree; pad lanes
 * never count, whatever they hold.
 */
public final class KernelGradient implements Contraction {
    /** Bytes of g and x that a tile may touch in a band of rows. */
    private static final int BAND_BYTES = 300_000;

    /** Channels of g that a band is meant for; the same at every width of vectors, since bands are part of the order of sums. */
    private static final int BAND_CHANNELS = 4;

    /** Bytes of g and x that the blocks which follow each other may touch, so that they stay in the second cache. */
    private static final int CACHE_BYTES = 900_000;

    /** Bytes of that cache from one line to the next that takes its place. */
    private static final int WAY_BYTES = 1 << 16;

    /** Most blocks of a section, and least sections where there are blocks enough: what threads share. */
    private static final int SECTION_BLOCKS = 80;

    private static final int LEAST_SECTIONS = 4;
    private static final int MOST_CHUNKS = 32;

    /** Kernel elements summed together: output channels times neighbours in the kernel's row or input channels. */
    private record Block(int rows, int columns, int a, int b, int into, TapPositions.Rectangle positions) {}

    private final Window window;
    private final BatchLayout x;
    private final BatchLayout g;
    private final int kernelStride;
    private final boolean alongRow;
    private final TapPositions positions;
    private final List<List<Block>> sections = new ArrayList<>();
    private final int chunks;
    private final int[] bands;
    private final int blockColumns;
    private final int sectionBytes;
    private final TileJobs jobs;
    private final Reach reach = new Reach();

    /**
     * Prepares the launch.
     *
     * @param kernelStride floats from one output channel of the kernel to the next
     */
    public KernelGradient(Window window, BatchLayout x, BatchLayout g, int kernelStride) {
        this.window = window;
        this.x = x;
        this.g = g;
        this.kernelStride = kernelStride;
        var builder = new TileJobs.Builder(Tile.Form.DOT);
        this.positions = new TapPositions(window, x, g, builder);
        boolean covered = positions.of(0, 0).equals(positions.of(window.kernelHeight() - 1, window.kernelWidth() - 1));
        this.alongRow = covered && (window.kernelWidth() >= 3 || x.channels() == window.groups());
        int most = Math.max(1, BAND_BYTES / (BAND_CHANNELS * g.rowStride() + window.strideHeight() * x.rowStride()));
        this.bands = Tiles.split(g.height(), most);
        for (int group = 0; group < window.groups(); group++) {
            sections(group);
        }
        this.chunks = Math.min(sections.size(), MOST_CHUNKS);
        this.blockColumns = sections.stream()
                .flatMap(List::stream)
                .mapToInt(Block::columns)
                .max()
                .orElseThrow();
        int blocks = sections.stream().mapToInt(List::size).max().orElseThrow();
        this.sectionBytes = BatchLayout.lanes(blocks * blockBytes() / Species.GROUP_BYTES) * Species.GROUP_BYTES;
        for (int i = 0; i < chunks; i++) {
            for (int s = start(i); s < start(i + 1); s++) {
                section(builder, sections.get(s), i * chunkBytes());
            }
        }
        int step = alongRow ? window.dilationWidth() * x.pixelStride() : x.channelStride();
        this.jobs = builder.cut(g.channelStride(), step, (long) blockColumns * Species.GROUP_BYTES);
    }

    @Override
    public long workspace() {
        return (long) chunks * chunkBytes();
    }

    @Override
    public Kernel bind(MemorySegment x, MemorySegment g, MemorySegment kernel, MemorySegment workspace) {
        jobs.check(g, x, workspace);
        reach.check("the kernel", 0, kernel);
        var sums = new Reach();
        sums.add(0, workspace());
        sums.check("the sums", 0, workspace);
        return new Kernel() {
            @Override
            public int chunks() {
                return chunks;
            }

            @Override
            public void run(int chunk) {
                long at = (long) chunk * chunkBytes();
                for (int s = start(chunk); s < start(chunk + 1); s++) {
                    for (int band = 0; band < bands.length; band++) {
                        jobs.run(s * bands.length + band, g, x, workspace);
                        if (band > 0) {
                            Fold.add(workspace, at, at + sumBytes(), sumBytes());
                        }
                    }
                    fold(sections.get(s), at, workspace, kernel);
                }
            }
        };
    }

    private int blockBytes() {
        return Tiles.DOT_ROWS * blockColumns * Species.GROUP_BYTES;
    }

    /** Bytes of the sums of a section, behind which come those over what is left of the batch. */
    private int sumBytes() {
        return sectionBytes * (g.batch() % Species.GROUP == 0 ? 1 : 2);
    }

    /** Sums over all bands so far and over one. */
    private int chunkBytes() {
        return sumBytes() * (bands.length > 1 ? 2 : 1);
    }

    /** Bytes in the kernel from one column of a block to the next. */
    private int step() {
        return 4 * (alongRow ? 1 : window.kernelHeight() * window.kernelWidth());
    }

    private int start(int chunk) {
        return sections.size() * chunk / chunks;
    }

    private void fold(List<Block> section, long at, MemorySegment partials, MemorySegment kernel) {
        int tail = g.batch() % Species.GROUP;
        long tailAt = at + sectionBytes;
        long columns = BatchLayout.lanes(section.size() * blockBytes() / Species.GROUP_BYTES);
        Fold.columns(partials, at, columns, Species.GROUP);
        if (tail > 0) {
            Fold.columns(partials, tailAt, columns, tail);
        }
        MemorySegment sums = Memory.exact(partials);
        MemorySegment elements = Memory.exact(kernel);
        long from = Memory.place(partials, at);
        long tailFrom = Memory.place(partials, tailAt);
        long into = Memory.place(kernel, 0);
        for (int s = 0; s < section.size(); s++) {
            Block block = section.get(s);
            for (int i = 0; i < block.rows; i++) {
                long row = 4L * blockColumns * (s * Tiles.DOT_ROWS + i);
                long target = into + block.into + 4L * i * kernelStride;
                for (int j = 0; j < block.columns; j++) {
                    float sum = sums.get(Memory.FLOAT, from + row + 4L * j & Memory.PLACES);
                    if (tail > 0) {
                        sum += sums.get(Memory.FLOAT, tailFrom + row + 4L * j & Memory.PLACES);
                    }
                    elements.set(Memory.FLOAT, target + (long) j * step() & Memory.PLACES, sum);
                }
            }
        }
    }

    /**
     * Cuts the blocks of a group of channels into sections: some output channels, whose rows of g stay in the cache while some input
     * channels pass.
     */
    private void sections(int group) {
        int[] outputs = Tiles.split(g.channels() / window.groups(), Tiles.DOT_ROWS);
        int[] inputs = Tiles.split(x.channels() / window.groups(), alongRow ? 1 : Tiles.DOT_COLUMNS);
        int taps = window.kernelHeight() * columns().length;
        long all = (long) window.groups() * outputs.length * inputs.length * taps;
        int most = Math.clamp(all / LEAST_SECTIONS, 1, SECTION_BLOCKS);
        int rows = (bands[0] - 1) * window.strideHeight() + (window.kernelHeight() - 1) * window.dilationHeight() + 1;
        long free = CACHE_BYTES - (long) inputs[0] * cached(x, rows);
        long even = Math.round(Math.sqrt((double) most / taps));
        int tall = (int) Math.clamp(free / ((long) Tiles.DOT_ROWS * cached(g, bands[0])), 1, Math.max(1, even));
        int output = group * (g.channels() / window.groups());
        int i = 0;
        for (int outputTiles : Tiles.split(outputs.length, tall)) {
            int input = 0;
            int j = 0;
            for (int inputTiles : Tiles.split(inputs.length, Math.max(1, most / (outputTiles * taps)))) {
                List<Block> blocks = new ArrayList<>();
                for (int end = j + inputTiles; j < end; j++) {
                    int first = output;
                    for (int k = i; k < i + outputTiles; k++) {
                        int channel = group * x.channels() / window.groups() + input;
                        blocks(blocks, first, outputs[k], channel, input, inputs[j]);
                        first += outputs[k];
                    }
                    input += inputs[j];
                }
                sections.add(blocks);
            }
            for (int end = i + outputTiles; i < end; i++) {
                output += outputs[i];
            }
        }
    }

    /**
     * Bytes of the second cache that rows of a channel take: at least a way of it if channels lie that far apart, since they then fall on
     * the same lines.
     */
    private static long cached(BatchLayout layout, int rows) {
        long bytes = (long) Math.min(rows, layout.height()) * layout.rowStride();
        return Math.max(bytes, Math.min(layout.channelStride(), WAY_BYTES));
    }

    /** Widths of the tiles that a row of the kernel takes. */
    private int[] columns() {
        return Tiles.split(window.kernelWidth(), alongRow ? Tiles.DOT_COLUMNS : 1);
    }

    /** Appends the blocks of some output channels and some input channels, of which the first is {@code input} in its group. */
    private void blocks(List<Block> blocks, int output, int rows, int channel, int input, int wide) {
        for (int row = 0; row < window.kernelHeight(); row++) {
            int column = 0;
            for (int next : columns()) {
                int b = x.offset(
                        channel,
                        row * window.dilationHeight() - window.padTop(),
                        column * window.dilationWidth() - window.padLeft());
                int into = 4
                        * (output * kernelStride
                                + (input * window.kernelHeight() + row) * window.kernelWidth()
                                + column);
                blocks.add(new Block(
                        rows, alongRow ? next : wide, g.offset(output, 0, 0), b, into, positions.of(row, column)));
                column += next;
            }
        }
    }

    private void section(TileJobs.Builder builder, List<Block> section, int at) {
        int full = g.batch() / Species.GROUP;
        int top = 0;
        for (int height : bands) {
            builder.cut();
            int into = top == 0 ? at : at + sumBytes();
            for (Block block : section) {
                reach.add(
                        block.into,
                        block.into + 4L * (block.rows - 1) * kernelStride + (block.columns - 1) * step() + 4);
                band(builder, block, top, height, block.positions.pairs(), full, 0, into);
                if (g.batch() % Species.GROUP > 0) {
                    int lane = full * Species.GROUP_BYTES;
                    band(builder, block, top, height, block.positions.tailPairs(), 1, lane, into + sectionBytes);
                }
                into += blockBytes();
            }
            top += height;
        }
    }

    private void band(
            TileJobs.Builder builder, Block block, int top, int height, int pairs, int vectors, int lane, int into) {
        TapPositions.Rectangle positions = block.positions;
        int width = (positions.right() - positions.left()) * vectors;
        int from = Math.clamp(top, positions.top(), positions.bottom());
        int to = Math.clamp(top + height, from, Math.max(from, positions.bottom()));
        for (int half = 0; half < Species.GROUP_BYTES; half += Species.BYTES) {
            int shift = lane + half;
            builder.job(
                    block.rows,
                    block.columns,
                    pairs + (from - positions.top()) * width,
                    (to - from) * width,
                    block.a + shift,
                    block.b + shift,
                    into + half);
        }
    }
}
