package thimble.backend.gpu;

import java.util.Optional;

/**
 * How a product is shared among work-groups: the tiles of its result and the parts of its sums. It depends on sizes alone, and so does the
 * order of the sums.
 *
 * @param side rows of a tile, {@link Tiles#LOW} or {@link Tiles#SIDE}; it has {@link Tiles#SIDE} columns
 * @param tiles number of tiles
 * @param parts groups that share the terms of one tile
 * @param length terms of one part
 */
record Tiling(int side, int tiles, int parts, int length) {
    /** Groups that keep a large device busy. */
    private static final int GROUPS = 512;
    /** Groups below which large tiles would leave too much of it idle. */
    private static final int FEWEST = 64;
    /** Fewest terms of a part; fewer are added while the launch that adds the parts begins. */
    private static final int TERMS = 128;
    /** Fewest parts: two would gain what the launch costs that adds them. */
    private static final int PAYING = 3;
    /** Most parts of a sum. */
    private static final int PARTS = 256;
    /** Parts that make tiles pay which the result hardly fills. */
    private static final int MANY = 8;
    /** Terms of a step of low tiles, a multiple of those of large ones. */
    private static final int STEP = 16;
    /** Rows and columns that fill enough of a large tile. */
    static final int LARGE = 48;
    /** Rows that fill enough of a low tile. */
    private static final int ROWS = 4;
    /** Columns that fill enough of a low tile. */
    private static final int COLUMNS = 16;

    /**
     * The tiling of products of one size; none if results or terms fill too little of a tile.
     *
     * @param fewest terms below which tiles do not pay
     */
    static Optional<Tiling> of(int products, int rows, int columns, int depth, int fewest) {
        if (rows < ROWS || columns < COLUMNS || depth < fewest) {
            return Optional.empty();
        }
        Tiling large = cut(Tiles.SIDE, products, rows, columns, depth);
        boolean filled = Math.min(rows, columns) >= LARGE && large.groups() >= FEWEST;
        return Optional.of(filled ? large : cut(Tiles.LOW, products, rows, columns, depth));
    }

    /** The tiling of products whose sums are long enough to be shared whatever their results fill; none for others. */
    static Optional<Tiling> ofLongSums(int products, int rows, int columns, int depth) {
        if (depth < MANY * TERMS || rows == 0 || columns == 0) {
            return Optional.empty();
        }
        return Optional.of(cut(Tiles.LOW, products, rows, columns, depth)).filter(low -> low.parts >= MANY);
    }

    private static Tiling cut(int side, int products, int rows, int columns, int depth) {
        int tiles = products * Math.ceilDiv(rows, side) * Math.ceilDiv(columns, Tiles.SIDE);
        int most = Math.min(GROUPS / tiles, depth / TERMS);
        int wanted = most < PAYING ? 1 : Math.min(most, PARTS);
        int length = Math.ceilDiv(depth, wanted * STEP) * STEP;
        return new Tiling(side, tiles, Math.ceilDiv(depth, length), length);
    }

    /** Work-groups. */
    int groups() {
        return tiles * parts;
    }

    /** What the kernels read of it: parts, terms of one, and the elements between the results of two. */
    int[] numbers(int results) {
        return new int[] {parts, length, results};
    }
}
