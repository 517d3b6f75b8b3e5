package thimble.backend.vector.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;

/**
 * A tensor with the batch innermost for tests: zeros in the halo, NaN in the pad lanes and in what is not yet written.
 */
public record LaneTensor(BatchLayout layout, MemorySegment memory) {
    public static LaneTensor empty(BatchLayout layout) {
        var tensor = new LaneTensor(layout, Arena.ofAuto().allocate(layout.bytes(), 64));
        for (int e = 0; e < layout.elements(); e++) {
            for (int n = 0; n < layout.lanes(); n++) {
                tensor.memory.set(Memory.FLOAT, layout.offset(e) + 4L * n, Float.NaN);
            }
        }
        return tensor;
    }

    public static LaneTensor random(BatchLayout layout, long seed) {
        LaneTensor tensor = empty(layout);
        var random = new Random(seed);
        for (int e = 0; e < layout.elements(); e++) {
            for (int n = 0; n < layout.batch(); n++) {
                tensor.memory.set(Memory.FLOAT, layout.offset(e) + 4L * n, random.nextFloat() - 0.5f);
            }
        }
        return tensor;
    }

    public float at(int n, int channel, int row, int column) {
        return memory.get(Memory.FLOAT, layout.offset(channel, row, column) + 4L * n);
    }

    public float at(int n, int element) {
        return memory.get(Memory.FLOAT, layout.offset(element) + 4L * n);
    }
}
