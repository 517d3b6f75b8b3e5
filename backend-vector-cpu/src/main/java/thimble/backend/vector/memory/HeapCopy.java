package thimble.backend.vector.memory;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** Copies between heap arrays and native memory that allocate nothing, as the JDK's own copies of arrays do for each call. */
public final class HeapCopy {
    private HeapCopy() {}

    /** Writes all elements to the start of a segment. */
    public static void write(float[] from, MemorySegment into) {
        MemorySegment target = (MemorySegment) Memory.NATIVE.cast(into);
        int whole = Species.FLOATS.loopBound(from.length);
        for (int i = 0; i < whole; i += Species.LANES) {
            FloatVector.fromArray(Species.FLOATS, from, i).intoMemorySegment(target, 4L * i, Species.ORDER);
        }
        for (int i = whole; i < from.length; i++) {
            target.set(Memory.FLOAT, 4L * i, from[i]);
        }
    }

    /** Writes all elements to the start of a segment. */
    public static void write(int[] from, MemorySegment into) {
        MemorySegment target = (MemorySegment) Memory.NATIVE.cast(into);
        for (int i = 0; i < from.length; i++) {
            target.set(Memory.INT, 4L * i, from[i]);
        }
    }

    /** Reads as many elements as the array holds from the start of a segment. */
    public static void read(MemorySegment from, float[] into) {
        MemorySegment source = (MemorySegment) Memory.NATIVE.cast(from);
        int whole = Species.FLOATS.loopBound(into.length);
        for (int i = 0; i < whole; i += Species.LANES) {
            FloatVector.fromMemorySegment(Species.FLOATS, source, 4L * i, Species.ORDER)
                    .intoArray(into, i);
        }
        for (int i = whole; i < into.length; i++) {
            into[i] = source.get(Memory.FLOAT, 4L * i);
        }
    }

    /** Reads as many elements as the array holds from the start of a segment. */
    public static void read(MemorySegment from, int[] into) {
        MemorySegment source = (MemorySegment) Memory.NATIVE.cast(from);
        for (int i = 0; i < into.length; i++) {
            into[i] = source.get(Memory.INT, 4L * i);
        }
    }
}
