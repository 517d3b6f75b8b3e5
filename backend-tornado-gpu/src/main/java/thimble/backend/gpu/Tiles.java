package thimble.backend.gpu;

import thimble.backend.gpu.device.Kernel;

/**
 * Kernels of products through local memory. A group makes a tile of the result, each work-item as many rows of it as columns: 4 × 4 of a
 * tile of 16 × 64, or 8 × 8 of one of 64 × 64. Terms are added in their order, as the kernels without tiles do, so both give the same bits
 * where a sum has one part. The parts of longer sums are made by groups of their own and added by another launch, in a fixed order.
 *
 * @param low tiles of 16 rows
 * @param large tiles of 64 rows
 */
record Tiles(Kernel low, Kernel large) {
    /** Columns of a tile, and rows of a large one. */
    static final int SIDE = 64;
    /** Rows of a low tile. */
    static final int LOW = 16;

    /**
     * What differs between products, as lines of OpenCL C. {@code HIGH} and {@code DEEP} are the rows of a tile and the terms of a step,
     * {@code lane} counts work-items to 64.
     *
     * @param sizes define {@code rows}, {@code columns}, {@code depth}, and {@code cut}, where the {@linkplain Tiling#numbers tiling} lies
     * @param setup stand after {@code row} and {@code column}, the first of the tile, and {@code left}, what remains of the group's number
     * @param step stand before the loads of {@code DEEP} terms from {@code start}
     * @param first set {@code first[k][r]}, 0 where there is nothing, for {@code q} below {@code HIGH * DEEP / 64}; terms end at {@code end}
     * @param second set {@code second[k][r]}, whose {@code r} are columns, for {@code q} below {@code DEEP}
     * @param place an expression, the element of row {@code r} and column {@code c}
     */
    record Lines(String sizes, String setup, String step, String first, String second, String place) {}

    /** The kernels of this name. */
    static Tiles of(String name, Lines lines) {
        return new Tiles(kernel(name + "_low", LOW, 4, lines), kernel(name + "_large", SIDE, 8, lines));
    }

    private static Kernel kernel(String name, int high, int wide, Lines lines) {
        return new Kernel(name, """
            KERNEL(%1$s) {
                BLOCK;
                enum { HIGH = %2$d, WIDE = %3$d, DEEP = %4$d, ACROSS = 64 / WIDE, GAP = 32 / DEEP };
                // rows are apart by a little more than they hold, so that work-items side by side write to different banks
                __local float first[DEEP][HIGH + GAP];
                __local float second[DEEP][64 + GAP];
                int lane = get_local_id(0), left = get_group_id(0);
                bool live = left < p[0];
            %5$s
                int part = left %% cut[0];
                left /= cut[0];
                int across = (columns + 63) / 64, down = (rows + HIGH - 1) / HIGH;
                int column = left %% across * 64;
                left /= across;
                int row = left %% down * HIGH;
                left /= down;
                int end = live ? min(depth, (part + 1) * cut[1]) : 0;
            %6$s
                float sums[WIDE][WIDE];
                #pragma unroll
                for (int i = 0; i < WIDE; i++)
                    #pragma unroll
                    for (int j = 0; j < WIDE; j++) sums[i][j] = 0.0f;
                for (int start = part * cut[1]; start < end; start += DEEP) {
            %7$s
                    for (int q = 0; q < HIGH * DEEP / 64; q++) {
            %8$s
                    }
                    for (int q = 0; q < DEEP; q++) {
            %9$s
                    }
                    barrier(CLK_LOCAL_MEM_FENCE);
                    #pragma unroll %11$d
                    for (int k = 0; k < DEEP; k++) {
                        float fixed[WIDE];
                        #pragma unroll
                        for (int i = 0; i < WIDE; i++) fixed[i] = first[k][lane / ACROSS + WIDE * i];
                        #pragma unroll
                        for (int j = 0; j < WIDE; j++) {
                            float value = second[k][lane %% ACROSS + ACROSS * j];
                            #pragma unroll
                            for (int i = 0; i < WIDE; i++) sums[i][j] = fma(fixed[i], value, sums[i][j]);
                        }
                    }
                    barrier(CLK_LOCAL_MEM_FENCE);
                }
                __global float* to = FLOATS(p[1]) + part * cut[2];
                #pragma unroll
                for (int j = 0; j < WIDE; j++) {
                    int c = column + lane %% ACROSS + ACROSS * j;
                    #pragma unroll
                    for (int i = 0; i < WIDE; i++) {
                        int r = row + lane / ACROSS + WIDE * i;
                        if (live && r < rows && c < columns) to[%10$s] = sums[i][j];
                    }
                }
            }
            """.formatted(
                        name,
                        high,
                        wide,
                        high == LOW ? 16 : 8,
                        lines.sizes,
                        lines.setup,
                        lines.step,
                        lines.first,
                        lines.second,
                        lines.place,
                        high == LOW ? 4 : 2));
    }

    /** The kernel of a tiling. */
    Kernel of(Tiling tiling) {
        return tiling.side() == LOW ? low : large;
    }
}
