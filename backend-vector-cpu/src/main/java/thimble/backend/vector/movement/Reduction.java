package thimble.backend.vector.movement;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.Species;

/**
 * Combines rows of examples, in the order of a list for each destination row: sums and maxima over classes or space, and the adjoint of
 * patches. A row without sources becomes 0.
 *
 * @param sum true to add, false for the largest
 * @param starts where each destination row's list begins, and the end of the last
 * @param sources source rows
 * @param rowBytes bytes of one row
 */
public record Reduction(boolean sum, int[] starts, int[] sources, int rowBytes) {
    /** The reduction of these rows into those. */
    public Kernel bind(MemorySegment source, MemorySegment target) {
        return sum ? _ -> add(source, target) : _ -> largest(source, target);
    }

    private void add(MemorySegment source, MemorySegment target) {
        MemorySegment from = (MemorySegment) Memory.NATIVE.cast(source);
        MemorySegment into = (MemorySegment) Memory.NATIVE.cast(target);
        for (int row = 0; row < starts.length - 1; row++) {
            for (int i = 0; i < rowBytes; i += Species.BYTES) {
                FloatVector total = FloatVector.zero(Species.FLOATS);
                for (int k = starts[row]; k < starts[row + 1]; k++) {
                    long at = (long) sources[k] * rowBytes + i;
                    total = FloatVector.fromMemorySegment(Species.FLOATS, from, at, Species.ORDER)
                            .add(total);
                }
                FloatVector.zero(Species.FLOATS)
                        .add(total)
                        .intoMemorySegment(into, (long) row * rowBytes + i, Species.ORDER);
            }
        }
    }

    private void largest(MemorySegment source, MemorySegment target) {
        MemorySegment from = (MemorySegment) Memory.NATIVE.cast(source);
        MemorySegment into = (MemorySegment) Memory.NATIVE.cast(target);
        for (int row = 0; row < starts.length - 1; row++) {
            for (int i = 0; i < rowBytes; i += Species.BYTES) {
                FloatVector most = FloatVector.broadcast(Species.FLOATS, Float.NEGATIVE_INFINITY);
                for (int k = starts[row]; k < starts[row + 1]; k++) {
                    long at = (long) sources[k] * rowBytes + i;
                    FloatVector next = FloatVector.fromMemorySegment(Species.FLOATS, from, at, Species.ORDER);
                    VectorMask<Float> larger =
                            next.compare(VectorOperators.GE, most).or(next.compare(VectorOperators.NE, next));
                    most = most.blend(next, larger);
                }
                FloatVector zero = FloatVector.zero(Species.FLOATS);
                zero.blend(most, zero.compare(VectorOperators.EQ, 0f))
                        .intoMemorySegment(into, (long) row * rowBytes + i, Species.ORDER);
            }
        }
    }
}
