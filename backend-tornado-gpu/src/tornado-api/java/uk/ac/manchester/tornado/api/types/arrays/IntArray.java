package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** INT32 numbers. */
public final class IntArray extends TornadoNativeArray {
    private final MemorySegment segment;

    /** Zeros. */
    public IntArray(int numberOfElements) {
        segment = Arena.ofAuto().allocate(ValueLayout.JAVA_INT, numberOfElements);
    }

    @Override
    public MemorySegment getSegment() {
        return segment;
    }
}
