package thimble.backend.vector.contraction;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.Reach;
import thimble.backend.vector.memory.Species;

/**
 * A contraction as a list of tile calls that share the steps between rows, cut into chunks of about equal work.
 * Immutable.
 */
final class TileJobs {
    /** Numbers per call: rows, columns, first pair, pairs, offsets into a, b and c, 1 if sums go on from c, neighbours. */
    private static final int FIELDS = 9;

    /** Vector multiply-adds that make a chunk worth handing to another thread, about two microseconds. */
    private static final long CHUNK_WORK = 16_384;

    private static final int MOST_CHUNKS = 32;

    /** Bytes of b that stay in the first cache beside what else passes. */
    private static final int PART = 32 << 10;

    /** Tiles that pass over a part of b before the next part. */
    private static final int TOGETHER = 16;

    private final Tile[] tiles;
    private final MemorySegment table;
    private final int[] jobs;
    private final int[] cuts;
    private final long aStep;
    private final long bStep;
    private final long bGroupStep;
    private final long cStep;
    private final Reach aReach = new Reach();
    private final Reach bReach = new Reach();
    private final Reach cReach = new Reach();

    private TileJobs(Builder builder, Tile[] tiles, int[] cuts, long aStep, long bStep, long bGroupStep, long cStep) {
        this.tiles = tiles;
        this.table = Memory.table(Arrays.copyOf(builder.table, Math.max(2, 2 * builder.pairs)));
        this.jobs = Arrays.copyOf(builder.jobs, builder.count * FIELDS);
        this.cuts = cuts;
        this.aStep = aStep;
        this.bStep = bStep;
        this.bGroupStep = bGroupStep;
        this.cStep = cStep;
        reach(builder.form, new Reach.Runs(builder.table));
    }

    private void reach(Tile.Form form, Reach.Runs runs) {
        for (int i = 0; i < jobs.length; i += FIELDS) {
            long rows = jobs[i] - 1L;
            long columns = (long) jobs[i + 1] * Species.BYTES;
            long wide = (long) (jobs[i + 1] - 1) * Species.GROUP_BYTES + Species.BYTES;
            int[] range = runs.of(jobs[i + 2], jobs[i + 3]);
            long aBytes = switch (form) {
                case PRODUCT, ONTO -> rows * aStep + Float.BYTES;
                case PIXELS -> Float.BYTES;
                case DOT -> rows * aStep + Species.BYTES;
            };
            long bBytes = switch (form) {
                case PRODUCT, ONTO -> columns;
                case PIXELS -> rows * bStep + columns;
                case DOT -> (jobs[i + 1] / jobs[i + 8] - 1) * bGroupStep + (jobs[i + 8] - 1) * bStep + Species.BYTES;
            };
            if (jobs[i + 3] > 0) {
                aReach.add((long) jobs[i + 4] + range[0], jobs[i + 4] + range[1] + aBytes);
                bReach.add((long) jobs[i + 5] + range[2], jobs[i + 5] + range[3] + bBytes);
            }
            cReach.add(jobs[i + 6], jobs[i + 6] + rows * cStep + (form == Tile.Form.DOT ? wide : columns));
        }
    }

    /**
     * Checks that the calls stay inside these operands.
     *
     * @throws IndexOutOfBoundsException if they do not
     */
    void check(MemorySegment a, MemorySegment b, MemorySegment c) {
        aReach.check("the first factor", 0, a);
        bReach.check("the second factor", 0, b);
        cReach.check("the result", 0, c);
    }

    /** Number of chunks. */
    int chunks() {
        return cuts.length - 1;
    }

    /** Runs one chunk over operands that were checked. */
    void run(int chunk, MemorySegment a, MemorySegment b, MemorySegment c) {
        int end = cuts[chunk + 1] * FIELDS;
        long pairs = Memory.place(table, 0);
        long aPlace = Memory.place(a, 0);
        long bPlace = Memory.place(b, 0);
        long cPlace = Memory.place(c, 0);
        for (int i = cuts[chunk] * FIELDS; i < end; i += FIELDS) {
            tiles[i / FIELDS].run(
                    table,
                    pairs + 8L * jobs[i + 2],
                    jobs[i + 3],
                    a,
                    aPlace + jobs[i + 4],
                    aStep,
                    b,
                    bPlace + jobs[i + 5],
                    bStep,
                    bGroupStep,
                    c,
                    cPlace + jobs[i + 6],
                    cStep);
        }
    }

    /** This list bound to operands. */
    Kernel bind(MemorySegment a, MemorySegment b, MemorySegment c) {
        check(a, b, c);
        return new Kernel() {
            @Override
            public int chunks() {
                return TileJobs.this.chunks();
            }

            @Override
            public void run(int chunk) {
                TileJobs.this.run(chunk, a, b, c);
            }
        };
    }

    /** Collects pairs and calls in the order in which they run. */
    static final class Builder {
        private final Tile.Form form;
        private int[] table = new int[64];
        private int pairs;
        private int[] jobs = new int[16 * FIELDS];
        private int count;
        private int[] cuts = new int[4];
        private int cutCount;
        private boolean divided = true;

        Builder(Tile.Form form) {
            this.form = form;
        }

        /** Keeps every sum in one call. Calls that share results need that: where both write, both write the same. */
        Builder undivided() {
            divided = false;
            return this;
        }

        /** Index of the next pair. */
        int nextPair() {
            return pairs;
        }

        /** Appends a pair of byte offsets. */
        void pair(int a, int b) {
            if (2 * pairs == table.length) {
                table = Arrays.copyOf(table, 2 * table.length);
            }
            table[2 * pairs] = a;
            table[2 * pairs + 1] = b;
            pairs++;
        }

        /** Appends a call. */
        void job(int rows, int columns, int firstPair, int length, int a, int b, int c) {
            job(rows, columns, firstPair, length, a, b, c, 0, columns);
        }

        /** Appends a call of a dot tile whose columns are groups of so many neighbours. */
        void dot(int rows, int groups, int neighbours, int firstPair, int length, int a, int b, int c) {
            job(rows, groups * neighbours, firstPair, length, a, b, c, 0, neighbours);
        }

        private void job(
                int rows, int columns, int firstPair, int length, int a, int b, int c, int onto, int neighbours) {
            if (count * FIELDS == jobs.length) {
                jobs = Arrays.copyOf(jobs, 2 * jobs.length);
            }
            int[] fields = {rows, columns, firstPair, length, a, b, c, onto, neighbours};
            System.arraycopy(fields, 0, jobs, count * FIELDS, FIELDS);
            count++;
        }

        /**
         * Appends the calls for some rows of a product over the same vectors of b. Long sums are made in parts, so that a part's rows of b
         * stay in the first cache while the tiles of several rows pass over them.
         *
         * @param a where the first row's numbers begin, in bytes; likewise b and c
         * @param rowStep bytes from a row's a to the next
         * @param resultStep bytes from a row's c to the next
         * @param onto true if the sums go on from c
         */
        void rows(
                int rows,
                int vectors,
                int firstPair,
                int length,
                int a,
                int rowStep,
                int b,
                int c,
                int resultStep,
                boolean onto) {
            int tall = Tiles.maxRows(onto ? Tile.Form.ONTO : form, vectors);
            int[] parts = rows > tall ? parts(length, vectors, rowStep == Float.BYTES) : new int[] {length};
            int from = 0;
            for (int near : Tiles.split(rows, parts.length == 1 ? tall : tall * TOGETHER)) {
                cut();
                int done = 0;
                for (int part : parts) {
                    boolean more = onto || done > 0;
                    int row = from;
                    for (int height : Tiles.split(near, more ? Tiles.maxRows(Tile.Form.ONTO, vectors) : tall)) {
                        int at = a + row * rowStep;
                        int into = c + row * resultStep;
                        job(height, vectors, firstPair + done, part, at, b, into, more ? 1 : 0, vectors);
                        row += height;
                    }
                    done += part;
                }
                from += near;
            }
        }

        private int[] parts(int length, int vectors, boolean turned) {
            int most = PART / (vectors * Species.BYTES);
            if (length <= most || !divided || !Tiles.DIVIDED) {
                return new int[] {length};
            }
            // Rows of a that lie side by side bring whole lines of the cache along, so they get half of it.
            return Tiles.split(length, turned ? most / 2 : most);
        }

        /** Marks that a chunk may begin at the next call. */
        void cut() {
            if (cutCount == cuts.length) {
                cuts = Arrays.copyOf(cuts, 2 * cuts.length);
            }
            cuts[cutCount++] = count;
        }

        /**
         * The list with one chunk per mark.
         *
         * @param bGroupStep bytes of b from a group of neighbours to the next
         */
        TileJobs cut(long aStep, long bStep, long bGroupStep, long cStep) {
            cut();
            return build(Arrays.copyOf(cuts, cutCount), aStep, bStep, bGroupStep, cStep);
        }

        /** The list with the marked pieces joined to chunks of about equal work. */
        TileJobs balanced(long aStep, long bStep, long cStep) {
            cut();
            long total = work(0, count);
            long parts = Math.clamp(total / CHUNK_WORK, 1, MOST_CHUNKS);
            // Shares of two and of four threads are the same.
            parts = parts <= 2 ? parts : (parts + 3) / 4 * 4;
            int[] kept = new int[(int) parts + 1];
            int n = 1;
            long done = 0;
            for (int i = 1; i < cutCount; i++) {
                done += work(cuts[i - 1], cuts[i]);
                if (cuts[i] == count || done * parts >= total * n && n < parts) {
                    kept[n++] = cuts[i];
                    if (cuts[i] == count) {
                        break;
                    }
                }
            }
            return build(Arrays.copyOf(kept, n), aStep, bStep, 0, cStep);
        }

        private long work(int from, int to) {
            long sum = 0;
            for (int i = from * FIELDS; i < to * FIELDS; i += FIELDS) {
                sum += (long) jobs[i] * jobs[i + 1] * (jobs[i + 3] + 4);
            }
            return sum * Species.LANES / Species.GROUP;
        }

        private TileJobs build(int[] bounds, long aStep, long bStep, long bGroupStep, long cStep) {
            Tile[] tiles = new Tile[count];
            for (int i = 0; i < count; i++) {
                int at = i * FIELDS;
                tiles[i] = Tiles.of(jobs[at + 7] == 1 ? Tile.Form.ONTO : form, jobs[at], jobs[at + 1], jobs[at + 8]);
            }
            return new TileJobs(this, tiles, bounds, aStep, bStep, bGroupStep, cStep);
        }
    }
}
