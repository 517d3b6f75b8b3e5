package thimble.backend.vector;

import java.lang.foreign.MemorySegment;

/**
 * Fills a random tensor: uniform numbers in [0, 1) whose bits depend on key, stream and logical row-major index alone, never on where an
 * element lies. The key is read when the kernel runs: INT32 [3] = (seed low, seed high, step).
 */
final class RandomFill {
    private RandomFill() {}

    /**
     * The launch for a tensor with a batch axis.
     *
     * @param inner elements of one example that lie after the batch axis in the logical order; all of them if the batch axis is the first
     */
    static Kernel lanes(long stream, BatchLayout layout, int inner, MemorySegment key, MemorySegment into) {
        return chunk -> {
            int[] words = new int[4];
            for (int e = 0; e < layout.elements(); e++) {
                for (int n = 0; n < layout.batch(); n++) {
                    long index = ((long) (e / inner) * layout.batch() + n) * inner + e % inner;
                    into.set(Memory.FLOAT, layout.offset(e) + 4L * n, uniform(stream, index, key, words));
                }
            }
        };
    }

    /** The launch for a tensor without a batch axis: {@code rows} rows of {@code length} elements, {@code stride} floats apart. */
    static Kernel rows(long stream, int rows, int length, int stride, MemorySegment key, MemorySegment into) {
        return chunk -> {
            int[] words = new int[4];
            for (int r = 0; r < rows; r++) {
                for (int e = 0; e < length; e++) {
                    into.set(Memory.FLOAT, 4L * r * stride + 4L * e, uniform(stream, (long) r * length + e, key, words));
                }
            }
        };
    }

    private static float uniform(long stream, long index, MemorySegment key, int[] words) {
        words[0] = (int) (index / 4);
        words[1] = key.get(Memory.INT, 8);
        words[2] = (int) stream;
        words[3] = (int) (stream >>> 32);
        Philox.block(key.get(Memory.INT, 0), key.get(Memory.INT, 4), words, 0);
        return (words[(int) (index % 4)] >>> 8) * Philox.UNIT;
    }
}
