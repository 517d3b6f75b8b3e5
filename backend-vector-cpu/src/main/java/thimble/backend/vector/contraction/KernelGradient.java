package thimble.backend.vector.contraction;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import thimble.backend.vector.contraction.TapPositions.Segment;
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

    /** Of the columns of positions at least so many in a hundred must meet all elements of the kernel's row for tiles along it. */
    private static final int WHOLE_PERCENT = 80;

    /** Kernel elements summed together: output channels times neighbours in the kernel's row of some input channels. */
    private record Block(
            int rows, int neighbours, int channels, int a, int b, int into, int kernelRow, int kernelColumn) {
        int columns() {
            return neighbours * channels;
        }
    }

    /** Elements [first, first + count) of a block's part of the kernel's row over rows [top, bottom) of positions. */
    private record Part(Block block, int first, int count, TapPositions.Rectangle positions, int top, int bottom) {}

    private final Window window;
    private final BatchLayout x;
    private final BatchLayout g;
    private final int kernelStride;
    /** Neighbours in the kernel's row that go into one tile. */
    private final int[] across;

    /** Columns of positions that meet all elements of the kernel's row; empty if tiles take one element of the row each. */
    private final Optional<Segment> whole;

    /** Columns that meet some elements, if the others are taken together. */
    private final List<Segment> ends;

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
        List<Segment> segments = positions.segments();
        this.whole = segments.stream()
                .filter(one -> one.end() - one.first() == window.kernelWidth())
                .filter(one -> 100 * (one.to() - one.from()) >= WHOLE_PERCENT * g.width())
                .findFirst();
        this.ends = whole.isEmpty()
                ? List.of()
                : segments.stream().filter(one -> !one.equals(whole.get())).toList();
        this.across = Tiles.split(window.kernelWidth(), whole.isPresent() ? Tiles.DOT_COLUMNS : 1);
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
        long step = (long) window.dilationWidth() * x.pixelStride();
        this.jobs = builder.cut(g.channelStride(), step, x.channelStride(), (long) blockColumns * Species.GROUP_BYTES);
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
                        jobs.run(s * parts() + band, g, x, workspace);
                        if (band > 0) {
                            Fold.add(workspace, at, at + sumBytes(), sumBytes());
                        }
                    }
                    for (int end = 0; end < ends.size(); end++) {
                        jobs.run(s * parts() + bands.length + end, g, x, workspace);
                        add(ends.get(end), sections.get(s), at, workspace);
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

    /** Positions whose sums are made one after another: bands, then the ends of their rows. */
    private int parts() {
        return bands.length + ends.size();
    }

    /** Sums over all parts so far and over one. */
    private int chunkBytes() {
        return sumBytes() * (parts() > 1 ? 2 : 1);
    }

    /** Bytes in the kernel from the first column of a block to another. */
    private int column(Block block, int j) {
        int taps = window.kernelHeight() * window.kernelWidth();
        return 4 * (j / block.neighbours * taps + j % block.neighbours);
    }

    /** Adds the sums over an end of the rows, of which the tiles have fewer columns. */
    private void add(Segment end, List<Block> section, long at, MemorySegment sums) {
        for (int part = 0; part < sumBytes(); part += sectionBytes) {
            for (int s = 0; s < section.size(); s++) {
                Block block = section.get(s);
                int first = end.first(block.kernelColumn, block.neighbours);
                int count = end.count(block.kernelColumn, block.neighbours);
                long tile = at + part + (long) s * blockBytes();
                for (int i = 0; i < (count > 0 ? block.rows : 0); i++) {
                    long row = tile + (long) i * blockColumns * Species.GROUP_BYTES;
                    Fold.add(
                            sums,
                            row + (long) first * Species.GROUP_BYTES,
                            (long) block.neighbours * Species.GROUP_BYTES,
                            row + sumBytes(),
                            (long) count * Species.GROUP_BYTES,
                            block.channels,
                            (long) count * Species.GROUP_BYTES);
                }
            }
        }
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
                for (int j = 0; j < block.columns(); j++) {
                    float sum = sums.get(Memory.FLOAT, from + row + 4L * j & Memory.PLACES);
                    if (tail > 0) {
                        sum += sums.get(Memory.FLOAT, tailFrom + row + 4L * j & Memory.PLACES);
                    }
                    elements.set(Memory.FLOAT, target + column(block, j) & Memory.PLACES, sum);
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
        int channels = across.length > 1 && whole.isPresent() ? 1 : Tiles.DOT_COLUMNS / across[0];
        int[] inputs = Tiles.split(x.channels() / window.groups(), channels);
        int taps = window.kernelHeight() * across.length;
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

    /** Appends the blocks of some output channels and some input channels, of which the first is {@code input} in its group. */
    private void blocks(List<Block> blocks, int output, int rows, int channel, int input, int wide) {
        for (int row = 0; row < window.kernelHeight(); row++) {
            int column = 0;
            for (int next : across) {
                int b = x.offset(
                        channel,
                        row * window.dilationHeight() - window.padTop(),
                        column * window.dilationWidth() - window.padLeft());
                int into = 4
                        * (output * kernelStride
                                + (input * window.kernelHeight() + row) * window.kernelWidth()
                                + column);
                blocks.add(new Block(rows, next, wide, g.offset(output, 0, 0), b, into, row, column));
                column += next;
            }
        }
    }

    private void section(TileJobs.Builder builder, List<Block> section, int at) {
        int top = 0;
        for (int height : bands) {
            builder.cut();
            int into = top == 0 ? at : at + sumBytes();
            for (Block block : section) {
                int[] columns = whole.map(one -> new int[] {one.from(), one.to()})
                        .orElseGet(() -> positions.columns(block.kernelColumn));
                var rectangle = positions.of(block.kernelRow, columns[0], columns[1]);
                reach.add(
                        block.into,
                        block.into + 4L * (block.rows - 1) * kernelStride + column(block, block.columns() - 1) + 4);
                jobs(builder, new Part(block, 0, block.neighbours, rectangle, top, top + height), into);
                into += blockBytes();
            }
            top += height;
        }
        for (Segment end : ends) {
            builder.cut();
            int into = at + sumBytes();
            for (Block block : section) {
                int count = end.count(block.kernelColumn, block.neighbours);
                if (count > 0) {
                    int first = end.first(block.kernelColumn, block.neighbours);
                    var rectangle = positions.of(block.kernelRow, end.from(), end.to());
                    jobs(builder, new Part(block, first, count, rectangle, 0, g.height()), into);
                }
                into += blockBytes();
            }
        }
    }

    private void jobs(TileJobs.Builder builder, Part part, int into) {
        int full = g.batch() / Species.GROUP;
        jobs(builder, part, part.positions.pairs(), full, 0, into);
        if (g.batch() % Species.GROUP > 0) {
            jobs(builder, part, part.positions.tailPairs(), 1, full * Species.GROUP_BYTES, into + sectionBytes);
        }
    }

    private void jobs(TileJobs.Builder builder, Part part, int pairs, int vectors, int lane, int into) {
        TapPositions.Rectangle positions = part.positions;
        Block block = part.block;
        int width = (positions.right() - positions.left()) * vectors;
        int from = Math.clamp(part.top, positions.top(), positions.bottom());
        int to = Math.clamp(part.bottom, from, Math.max(from, positions.bottom()));
        int b = block.b + part.first * window.dilationWidth() * x.pixelStride();
        for (int half = 0; half < Species.GROUP_BYTES; half += Species.BYTES) {
            int shift = lane + half;
            builder.dot(
                    block.rows,
                    block.channels,
                    part.count,
                    pairs + (from - positions.top()) * width,
                    (to - from) * width,
                    block.a + shift,
                    b + shift,
                    into + half);
        }
    }
}
