package thimble.backend.vector.memory;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/**
 * The bytes of an operand that kernels touch, gathered while calls are laid out. Kernels that reach memory by address rely on it: an
 * operand that is too small is refused before the first run, not found out by it.
 */
public final class Reach {
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;

    /** Counts the bytes in [from, to) in. */
    public void add(long first, long end) {
        from = Math.min(from, first);
        to = Math.max(to, end);
    }

    /**
     * Checks that they lie in the memory of an operand that begins at {@code base}.
     *
     * @throws IndexOutOfBoundsException if they do not
     */
    public void check(String operand, long base, MemorySegment memory) {
        if (from < to && (base + from < 0 || base + to > memory.byteSize())) {
            throw new IndexOutOfBoundsException("[kernel] expected memory for bytes " + (base + from) + " to "
                    + (base + to) + " of " + operand + " but received " + memory.byteSize() + " bytes");
        }
    }

    /** Smallest and largest offsets of runs of pairs in a table, each run looked at once. */
    public static final class Runs {
        private final int[] table;
        private final Map<Long, int[]> known = new HashMap<>();

        /** Runs of this table. */
        public Runs(int[] table) {
            this.table = table;
        }

        /** Smallest and largest offset into a, then into b; zeros for a run of no pairs. */
        public int[] of(int first, int count) {
            return known.computeIfAbsent(((long) first << 32) + count, _ -> {
                if (count == 0) {
                    return new int[4];
                }
                int[] range = {Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE};
                for (int i = 2 * first; i < 2 * (first + count); i++) {
                    int low = i % 2 * 2;
                    range[low] = Math.min(range[low], table[i]);
                    range[low + 1] = Math.max(range[low + 1], table[i]);
                }
                return range;
            });
        }
    }
}
