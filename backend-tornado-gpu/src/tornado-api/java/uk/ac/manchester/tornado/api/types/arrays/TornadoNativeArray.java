package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;

/** Numbers outside the heap, behind a header. */
public abstract sealed class TornadoNativeArray permits IntArray {
    /** Bytes of the header; a field and no constant, so that it is read where the program runs. */
    public static final long ARRAY_HEADER = Long.parseLong("16");

    TornadoNativeArray() {}

    /** The elements. */
    public abstract MemorySegment getSegment();
}
