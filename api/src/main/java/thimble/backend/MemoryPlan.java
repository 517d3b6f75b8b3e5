package thimble.backend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Places for values that live over ranges of launches, so that values which live together do not overlap: largest first, each at the lowest
 * free place.
 */
public final class MemoryPlan {
    private final long[] offsets;
    private final long size;

    /**
     * A value to place.
     *
     * @param size bytes
     * @param first first launch during which it lives
     * @param last last launch during which it lives
     */
    public record Block(long size, int first, int last) {}

    private record Placed(Block block, long offset) {
        long end() {
            return offset + block.size;
        }
    }

    private MemoryPlan(long[] offsets, long size) {
        this.offsets = offsets;
        this.size = size;
    }

    /** Places the blocks at multiples of {@code alignment}. */
    public static MemoryPlan of(List<Block> blocks, long alignment) {
        long[] offsets = new long[blocks.size()];
        long size = 0;
        List<Placed> placed = new ArrayList<>(); // by offset
        List<Integer> bySize = IntStream.range(0, offsets.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> -blocks.get(i).size()))
                .toList();
        for (int i : bySize) {
            Block block = blocks.get(i);
            long at = 0;
            int position = 0;
            for (Placed other : placed) {
                if (other.offset >= at + block.size) {
                    break;
                }
                position++;
                if (other.block.first <= block.last && block.first <= other.block.last) {
                    at = Math.max(at, (other.end() + alignment - 1) / alignment * alignment);
                }
            }
            offsets[i] = at;
            while (position > 0 && placed.get(position - 1).offset > at) {
                position--;
            }
            placed.add(position, new Placed(block, at));
            size = Math.max(size, at + block.size);
        }
        return new MemoryPlan(offsets, size);
    }

    /** Offset of a block, by its position in the given list. */
    public long offset(int block) {
        return offsets[block];
    }

    /** Bytes needed for all. */
    public long size() {
        return size;
    }
}
