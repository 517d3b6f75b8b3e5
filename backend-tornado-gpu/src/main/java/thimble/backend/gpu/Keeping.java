package thimble.backend.gpu;

import java.util.List;
import thimble.backend.Buffer;
import thimble.backend.gpu.device.Kernel;

/**
 * The launch that keeps some numbers of each of the last runs on the device, where they wait to be read.
 *
 * @param kept how many are kept and which comes next, then the numbers
 * @param work the launch
 */
record Keeping(Buffer kept, Work work) {
    /** Most runs whose numbers are kept. */
    static final int MOST = 16;

    /** Most numbers of a run: one work-group keeps them. */
    static final int NUMBERS = Kernel.GROUP;

    private static final int HEADER = 2;

    private static final Kernel KERNEL = new Kernel("thimble_keep", """
        KERNEL(thimble_keep) {
            BLOCK;
            __global int* kept = INTS(p[0]);
            int i = get_global_id(0), next = kept[1];
            if (i < p[2]) kept[2 + next * p[2] + i] = INTS(p[1])[i];
            barrier(CLK_GLOBAL_MEM_FENCE);
            if (i == 0) kept[1] = next + 1 < kept[0] ? next + 1 : 0;
        }
        """);

    /** Keeps the numbers in a buffer. */
    static Keeping of(String text, Buffer numbers, int count, Memory memory) {
        Buffer kept = memory.work(4L * (HEADER + MOST * count));
        Block block = new Block().with(kept).with(numbers).with(count);
        return new Keeping(kept, Work.items(text, KERNEL, count, block, List.of(numbers), List.of(kept)));
    }

    /** What stands before the numbers of this many runs at first. */
    static int[] begin(int runs) {
        return new int[] {runs, 0};
    }

    /** Where the first number lies, in bytes. */
    long offset() {
        return kept.offset() + 4L * HEADER;
    }
}
