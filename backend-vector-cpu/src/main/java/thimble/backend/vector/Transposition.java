package thimble.backend.vector;

import java.lang.foreign.MemorySegment;

/**
 * Change between batch-innermost order and rows of examples [n][stride], the only layout conversion of the backend. Elements of one
 * example are numbered row-major.
 */
final class Transposition {
    private Transposition() {}

    /** The launch that writes rows: batch · stride floats, pad columns become 0. */
    static Kernel toRows(BatchLayout layout, int stride, MemorySegment from, MemorySegment rows) {
        return chunk -> {
            for (int n = 0; n < layout.batch(); n++) {
                for (int e = 0; e < stride; e++) {
                    float value = e < layout.elements() ? from.get(Memory.FLOAT, layout.offset(e) + 4L * n) : 0;
                    rows.set(Memory.FLOAT, 4L * n * stride + 4L * e, value);
                }
            }
        };
    }

    /** The launch that reads rows; pad lanes become 0, the halo is left alone. */
    static Kernel toLanes(BatchLayout layout, int stride, MemorySegment rows, MemorySegment into) {
        return chunk -> {
            for (int e = 0; e < layout.elements(); e++) {
                for (int n = 0; n < layout.lanes(); n++) {
                    float value = n < layout.batch() ? rows.get(Memory.FLOAT, 4L * n * stride + 4L * e) : 0;
                    into.set(Memory.FLOAT, layout.offset(e) + 4L * n, value);
                }
            }
        };
    }
}
