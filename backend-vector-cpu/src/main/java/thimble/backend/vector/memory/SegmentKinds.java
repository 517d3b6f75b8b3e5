package thimble.backend.vector.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Shows the JDK's methods that reach memory each kind of segment before kernels are compiled, once per JVM and beside all else.
 *
 * <p>Vectors that the JVM has not compiled yet are reinterpreted through segments on the heap. C2, which until then has met none but native ones,
 * leaves the methods of the JDK that it compiled for those, several times, and remembers that. A tile has dozens of calls of these methods inlined; C2
 * adds up what is remembered for each, and beyond {@code PerMethodTrapLimit} no longer trusts the classes it sees: the results of the tile stay
 * objects for the life of the JVM (1 MB for each LeNet-5 step after some products, a tenth of the time). Of methods that have met both kinds from the
 * beginning there is nothing to remember.
 */
public final class SegmentKinds {
    /** Calls after which the JVM has begun to write down what it meets, several times over. */
    private static final int CALLS = 600;

    private static final int BYTES = 64;

    private SegmentKinds() {}

    static {
        Thread.ofPlatform().daemon().name("thimble-segment-kinds").start(SegmentKinds::call);
    }

    /** Begins with the first call; returns at once. */
    public static void show() {
        // the class is initialised
    }

    private static void call() {
        MemorySegment[] kinds = {
            Arena.ofAuto().allocate(BYTES),
            MemorySegment.ofArray(new byte[BYTES]),
            MemorySegment.ofArray(new float[BYTES / Float.BYTES])
        };
        for (int i = 0; i < CALLS; i++) {
            MemorySegment segment = kinds[i % kinds.length];
            FloatVector.fromMemorySegment(Species.FLOATS, segment, 0, Species.ORDER)
                    .intoMemorySegment(segment, 0, Species.ORDER);
            segment.set(Memory.FLOAT, 0, segment.get(Memory.FLOAT, 0));
            segment.set(Memory.INT, 4, segment.get(Memory.INT, 4));
        }
    }
}
