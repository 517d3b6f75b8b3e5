package thimble.backend.vector.contraction;

import java.lang.foreign.MemorySegment;
import thimble.backend.vector.launch.Kernel;

/** A contraction prepared for its sizes: tile jobs and offset tables, no data. Immutable, shared by threads. */
public interface Contraction {
    /** Bytes of scratch memory that one bound kernel needs while it runs; 0 if none. */
    default long workspace() {
        return 0;
    }

    /**
     * The launch over these operands, in the order of the op.
     *
     * @param first native segment of the first operand
     * @param second native segment of the second operand
     * @param result native segment that is overwritten
     * @param workspace at least {@link #workspace} bytes, aligned to 64; any segment if that is 0
     */
    Kernel bind(MemorySegment first, MemorySegment second, MemorySegment result, MemorySegment workspace);
}
