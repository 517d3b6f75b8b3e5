package thimble.backend.vector.fused;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import thimble.backend.vector.memory.Memory;

/** The tables of offsets of a program's fused launches. Equal ones are one: all activations of one size are read in the same order. */
public final class Tables {
    private final Map<Integer, List<MemorySegment>> known = new HashMap<>();

    /** The table with these offsets, kept alive by its readers alone. */
    MemorySegment of(int[] offsets) {
        List<MemorySegment> alike = known.computeIfAbsent(Arrays.hashCode(offsets), _ -> new ArrayList<>());
        MemorySegment wanted = MemorySegment.ofArray(offsets);
        for (MemorySegment table : alike) {
            if (table.mismatch(wanted) < 0) {
                return table;
            }
        }
        MemorySegment made = Memory.table(offsets);
        alike.add(made);
        return made;
    }
}
