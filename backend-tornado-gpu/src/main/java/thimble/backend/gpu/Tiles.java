package thimble.backend.gpu;

import thimble.backend.gpu.device.Kernel;

/**
 * Kernels of products through local memory: a group makes a tile of 64 × 64 results, each work-item 8 × 8 of them, eight terms at a time.
 * Terms are added in their order, as the kernels without tiles do, so both give the same bits.
 */
final class Tiles {
    /** Rows and columns of a tile. */
    static final int SIDE = 64;
    /** Fewest tiles worth making. */
    private static final int FEWEST = 32;

    private Tiles() {}

    /** Tiles of some products of this size. */
    static int count(int products, int rows, int columns) {
        return products * Math.ceilDiv(rows, SIDE) * Math.ceilDiv(columns, SIDE);
    }

    /** True if a product is large enough: enough tiles, each of which has at least {@code filled} rows and columns. */
    static boolean fit(int products, int rows, int columns, int filled) {
        return Math.min(rows, columns) >= filled && count(products, rows, columns) >= FEWEST;
    }

    /**
     * A kernel.
     *
     * @param name its name
     * @param sizes lines that define {@code rows}, {@code columns} and {@code depth}
     * @param setup lines after {@code row} and {@code column}, the first of the tile, and {@code left}, what remains of the group's number
     * @param first lines that set {@code first[k][r]} for {@code k} below 8 and {@code r} below 64, 0 where there is nothing; {@code q}
     *     counts to 8, {@code lane} to 64, {@code start} is the first term
     * @param second the same for {@code second[k][r]}, whose {@code r} are columns
     * @param store lines that write {@code sums[i][j]} of row {@code r} and column {@code c}
     */
    static Kernel kernel(String name, String sizes, String setup, String first, String second, String store) {
        return new Kernel(name, """
            KERNEL(%s) {
                BLOCK;
                __local float first[8][64];
                __local float second[8][64];
                int lane = get_local_id(0), left = get_group_id(0);
                bool live = left < p[0];
            %s
                int across = (columns + 63) / 64, down = (rows + 63) / 64;
                int column = left %% across * 64;
                left /= across;
                int row = left %% down * 64;
                left /= down;
                depth = live ? depth : 0;
            %s
                float sums[8][8];
                #pragma unroll
                for (int i = 0; i < 8; i++)
                    #pragma unroll
                    for (int j = 0; j < 8; j++) sums[i][j] = 0.0f;
                for (int start = 0; start < depth; start += 8) {
                    for (int q = 0; q < 8; q++) {
                        {
            %s            }
                        {
            %s            }
                    }
                    barrier(CLK_LOCAL_MEM_FENCE);
                    for (int k = 0; k < 8; k++) {
                        float fixed[8];
                        #pragma unroll
                        for (int i = 0; i < 8; i++) fixed[i] = first[k][lane / 8 + 8 * i];
                        #pragma unroll
                        for (int j = 0; j < 8; j++) {
                            float value = second[k][lane %% 8 + 8 * j];
                            #pragma unroll
                            for (int i = 0; i < 8; i++) sums[i][j] = fma(fixed[i], value, sums[i][j]);
                        }
                    }
                    barrier(CLK_LOCAL_MEM_FENCE);
                }
                #pragma unroll
                for (int j = 0; j < 8; j++) {
                    int c = column + lane %% 8 + 8 * j;
                    #pragma unroll
                    for (int i = 0; i < 8; i++) {
                        int r = row + lane / 8 + 8 * i;
                        if (live && r < rows && c < columns) {
            %s            }
                    }
                }
            }
            """.formatted(name, sizes, setup, first, second, store));
    }
}
