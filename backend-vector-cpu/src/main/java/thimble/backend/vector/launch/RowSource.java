package thimble.backend.vector.launch;

import java.lang.foreign.MemorySegment;
import java.util.List;
import thimble.backend.Buffer;
import thimble.tensor.Tensor;

/**
 * A row-major matrix that can be made some rows at a time.
 *
 * @param text one line for people
 * @param matrix what the rows are of
 * @param rows how many
 * @param columns elements of each
 * @param reads buffers that must hold their values
 * @param bind makes the kernels
 */
public record RowSource(String text, Tensor matrix, int rows, int columns, List<Buffer> reads, Bind bind) {
    /** Makes the kernel of some rows. */
    @FunctionalInterface
    public interface Bind {
        /**
         * The kernel that writes rows [first, first + count).
         *
         * @param into where they go, aligned to 64 bytes
         */
        Kernel rows(Binding binding, int first, int count, MemorySegment into);
    }
}
