package thimble.backend.vector.contraction;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.Species;

/**
 * The generated tiles, made when first asked for and kept for the life of the JVM: they are code, and code is warmed
 * up once. A tile's size decides speed alone; every sum runs over k in the table's order.
 */
final class Tiles {
    /** Most columns of a dot tile. */
    static final int DOT_COLUMNS = Species.REGISTERS == 32 ? 6 : 3;

    /** Most rows of a dot tile. */
    static final int DOT_ROWS = Species.REGISTERS == 32 ? 4 : 3;

    /** Most vectors of a product or pixel tile. */
    static final int VECTORS = Species.REGISTERS == 32 ? 4 : 2;

    /**
     * Most rows of any product tile. Every row spreads a number over all lanes; with ten, the optimising compiler now and then had taken in so much
     * that it left one call in the loop, and the tile took three times as long.
     */
    private static final int MOST_ROWS = 8;

    /** Most rows of 1, 2, 3 and 4 vectors, accesses by address. */
    private static final int[] TALL = {MOST_ROWS, MOST_ROWS, 6, 6};

    /** The same with checked accesses. */
    private static final int[] SHORT = {MOST_ROWS, MOST_ROWS, 5, 4};

    /** Most rows of 1, 2, 3 and 4 vectors where sums go on from c, which is read as well. */
    private static final int[] ONTO = {MOST_ROWS, 7, 5, 4};

    /** Whether long sums gain from several calls; with checked accesses the compilers do not cope with the tile for that. */
    static final boolean DIVIDED = Memory.OPEN;

    private static final ConcurrentHashMap<Key, Tile> DEFINED = new ConcurrentHashMap<>();

    private record Key(Tile.Form form, int rows, int columns, int neighbours) {}

    private Tiles() {}

    /**
     * The tile of this form and size.
     *
     * @param neighbours columns of a group, all of them where the form knows no groups
     */
    static Tile of(Tile.Form form, int rows, int columns, int neighbours) {
        var key = new Key(form, rows, columns, neighbours);
        return DEFINED.computeIfAbsent(key, _ -> TileEmitter.define(form, rows, columns, neighbours));
    }

    /**
     * Most rows of a tile, so that sums, operands and one temporary stay in registers and the compilers cope with the method: inside
     * a training step the first gave up on one with 36 checked accesses, and the second boxed vectors in one with 31. Of accesses by
     * address it takes 36, not 37 with 8 rows of 3.
     */
    static int maxRows(Tile.Form form, int columns) {
        return switch (form) {
            case DOT -> DOT_ROWS;
            case PIXELS -> (Species.REGISTERS == 32 ? 16 : 12) / columns;
            case ONTO -> Math.min(maxRows(Tile.Form.PRODUCT, columns), ONTO[columns - 1]);
            case PRODUCT ->
                Species.REGISTERS == 16 ? Math.min(MOST_ROWS, 12 / columns) : (Memory.OPEN ? TALL : SHORT)[columns - 1];
        };
    }

    /** Neighbouring vectors of a matrix's columns. */
    record Columns(int first, int vectors) {}

    /**
     * Cuts columns, at least a vector, into as few tiles as possible. Where the last would end late it begins early: it has some columns in common with
     * the one before.
     */
    static List<Columns> columns(int columns) {
        int whole = columns / Species.LANES;
        boolean rest = columns % Species.LANES > 0;
        List<Columns> all = new ArrayList<>();
        int next = 0;
        for (int vectors : split(rest && whole > VECTORS ? whole + 1 : whole, VECTORS)) {
            int first = Math.min(next, columns - vectors * Species.LANES);
            all.add(new Columns(first, vectors));
            next = first + vectors * Species.LANES;
        }
        if (next < columns) {
            all.add(new Columns(columns - Species.LANES, 1));
        }
        return all;
    }

    /**
     * Cuts {@code total} into as few parts of at most {@code most} as possible, their sizes differing by at most one.
     */
    static int[] split(int total, int most) {
        int[] parts = new int[(total + most - 1) / most];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = total / parts.length + (i < total % parts.length ? 1 : 0);
        }
        return parts;
    }
}
