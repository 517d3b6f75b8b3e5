package thimble.backend.vector;

import java.lang.foreign.MemorySegment;

/**
 * Product of matrices without a batch axis, once for each of {@code count} matrices that lie one after another: {@code
 * c = a · b}, each operand optionally stored transposed. Nothing is packed but a transposed b. Pad columns of c become
 * 0 where a is finite.
 */
final class Product implements Contraction {
    private final int count;
    private final Matrix b;
    private final boolean transposeB;
    private final BatchLayout turned;
    private final TileJobs jobs;

    /**
     * Prepares the launch.
     *
     * @param a the first factor as stored, [m, k] or, transposed, [k, m]
     * @param b the second factor as stored, [k, n] or, transposed, [n, k]
     * @param c the result, [m, n]
     */
    Product(int count, Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix c) {
        int terms = transposeA ? a.rows() : a.columns();
        int m = transposeA ? a.columns() : a.rows();
        int n = transposeB ? b.rows() : b.columns();
        if (terms != (transposeB ? b.columns() : b.rows()) || m != c.rows() || n != c.columns()) {
            throw new IllegalArgumentException("[matmul] expected [%d, %d] as the product but received %s%s and %s%s"
                    .formatted(c.rows(), c.columns(), a, transposeA ? "ᵀ" : "", b, transposeB ? "ᵀ" : ""));
        }
        this.count = count;
        this.b = b;
        this.transposeB = transposeB;
        this.turned = BatchLayout.features(terms, n);
        int stride = transposeB ? turned.lanes() : b.stride();
        int rowStep = 4 * (transposeA ? 1 : a.stride());
        var builder = new TileJobs.Builder(Tile.Form.PRODUCT);
        for (int k = 0; k < terms; k++) {
            builder.pair(4 * k * (transposeA ? a.stride() : 1), 4 * k * stride);
        }
        for (int q = 0; q < count; q++) {
            int column = 0;
            if (transposeB) {
                builder.cut();
            }
            for (int vectors : Tiles.split(BatchLayout.lanes(n) / Species.LANES, Tiles.VECTORS)) {
                int row = 0;
                for (int rows : Tiles.split(m, Tiles.maxRows(Tile.Form.PRODUCT, vectors))) {
                    if (!transposeB) {
                        builder.cut();
                    }
                    builder.job(
                            rows,
                            vectors,
                            0,
                            terms,
                            Math.toIntExact(q * a.bytes() + (long) row * rowStep),
                            Math.toIntExact((transposeB ? q * (long) turned.bytes() : q * b.bytes()) + column),
                            Math.toIntExact(q * c.bytes() + 4L * row * c.stride() + column));
                    row += rows;
                }
                column += vectors * Species.BYTES;
            }
        }
        this.jobs =
                transposeB ? builder.cut(rowStep, 0, 4L * c.stride()) : builder.balanced(rowStep, 0, 4L * c.stride());
    }

    @Override
    public long workspace() {
        return transposeB ? (long) count * turned.bytes() : 0;
    }

    @Override
    public Kernel bind(MemorySegment first, MemorySegment second, MemorySegment result, MemorySegment workspace) {
        if (!transposeB) {
            return jobs.bind(first, second, result);
        }
        Kernel[] turns = new Kernel[count];
        for (int q = 0; q < count; q++) {
            turns[q] = Transposition.toLanes(
                    turned,
                    b.stride(),
                    second.asSlice(q * b.bytes(), b.bytes()),
                    workspace.asSlice(q * (long) turned.bytes(), turned.bytes()));
        }
        return new Kernel() {
            @Override
            public int chunks() {
                return count;
            }

            @Override
            public void run(int chunk) {
                for (int i = 0; i < turns[chunk].chunks(); i++) {
                    turns[chunk].run(i);
                }
                jobs.run(chunk, first, workspace, result);
            }
        };
    }
}
