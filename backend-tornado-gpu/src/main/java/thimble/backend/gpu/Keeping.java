package thimble.backend.gpu;

import java.util.List;
import thimble.backend.Buffer;
import thimble.backend.gpu.device.Kernel;

/**
 * The launch that keeps one number of the last runs on the device, where it waits to be read.
 *
 * @param kept how many are kept and which comes next, then the numbers
 * @param work the launch
 */
record Keeping(Buffer kept, Work work) {
    /** Most runs whose numbers are kept. */
    static final int MOST = 64;

    private static final int HEADER = 2;

    private static final Kernel KERNEL = new Kernel("thimble_keep", """
        KERNEL(thimble_keep) {
            BLOCK;
            if (get_global_id(0) > 0) return;
            __global int* kept = INTS(p[0]);
            int next = kept[1];
            INTS(p[0])[2 + next] = INTS(p[1])[0];
            kept[1] = next + 1 < kept[0] ? next + 1 : 0;
        }
        """);

    /** Keeps the number in a buffer. */
    static Keeping of(String text, Buffer number, Memory memory) {
        Buffer kept = memory.work(4L * (HEADER + MOST));
        Block block = new Block().with(kept).with(number);
        return new Keeping(kept, Work.items(text, KERNEL, 1, block, List.of(number), List.of(kept)));
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
