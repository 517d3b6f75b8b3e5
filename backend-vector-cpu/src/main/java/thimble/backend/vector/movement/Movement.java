package thimble.backend.vector.movement;

import java.lang.foreign.MemorySegment;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import thimble.backend.vector.launch.Kernel;
import thimble.backend.vector.memory.Species;

/**
 * Moves whole rows of examples: slices, pads, transposes, concatenations, patches.
 *
 * @param from for each destination row the source row, counted through all operands, or −1 for the value
 * @param counts rows of each operand
 * @param rowBytes bytes of one row
 * @param value what rows without a source hold
 */
public record Movement(int[] from, int[] counts, int rowBytes, float value) {
    /** The movement from these operands into that one. */
    public Kernel bind(List<MemorySegment> sources, MemorySegment target) {
        MemorySegment[] operands = sources.toArray(MemorySegment[]::new);
        int[] operand = new int[from.length];
        int[] rows = from.clone();
        for (int row = 0; row < rows.length; row++) {
            while (rows[row] >= counts[operand[row]]) {
                rows[row] -= counts[operand[row]++];
            }
        }
        return _ -> {
            for (int row = 0; row < rows.length; row++) {
                move(operands[operand[row]], rows[row], target, (long) row * rowBytes);
            }
        };
    }

    private void move(MemorySegment source, int row, MemorySegment target, long write) {
        if (row >= 0) {
            MemorySegment.copy(source, (long) row * rowBytes, target, write, rowBytes);
        } else {
            for (int i = 0; i < rowBytes; i += Species.BYTES) {
                FloatVector.broadcast(Species.FLOATS, value).intoMemorySegment(target, write + i, Species.ORDER);
            }
        }
    }
}
