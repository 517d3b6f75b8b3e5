package thimble.backend.gpu;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import thimble.backend.Buffer;
import thimble.backend.gpu.device.Kernel;

/**
 * Blocks of one kernel that run side by side.
 *
 * @param texts a line for people for each block, or one for all
 * @param kernel what runs
 * @param groups work-groups for each block
 * @param blocks the parameters
 * @param reads buffers that must hold their values
 * @param writes buffers that it fills
 */
record Work(List<String> texts, Kernel kernel, int groups, List<Block> blocks, Set<Buffer> reads, Set<Buffer> writes) {
    /** One block with a work-item for each of some items. */
    static Work items(String text, Kernel kernel, int items, Block block, List<Buffer> reads, List<Buffer> writes) {
        return groups(text, kernel, Math.max(1, Math.ceilDiv(items, Kernel.GROUP)), List.of(block), reads, writes);
    }

    /** Blocks with the same number of work-groups. */
    static Work groups(
            String text, Kernel kernel, int groups, List<Block> blocks, List<Buffer> reads, List<Buffer> writes) {
        return new Work(List.of(text), kernel, groups, blocks, new LinkedHashSet<>(reads), new LinkedHashSet<>(writes));
    }

    /** Both in one launch; they must not touch what the other writes. */
    Work with(Work other) {
        return new Work(
                joined(texts, other.texts),
                kernel,
                Math.max(groups, other.groups),
                joined(blocks, other.blocks),
                joined(reads, other.reads),
                joined(writes, other.writes));
    }

    private static <T> List<T> joined(List<T> a, List<T> b) {
        return java.util.stream.Stream.concat(a.stream(), b.stream()).toList();
    }

    private static <T> Set<T> joined(Set<T> a, Set<T> b) {
        Set<T> all = new LinkedHashSet<>(a);
        all.addAll(b);
        return all;
    }
}
