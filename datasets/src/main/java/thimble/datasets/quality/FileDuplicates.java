package thimble.datasets.quality;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import thimble.data.DataException;
import thimble.datasets.format.Unreadable;

/**
 * Finds picture files that are exactly the same, in stages that each look only at what the stage before could not tell apart: length, 64-bit
 * hash of the first 4 KiB, SHA-256 of the whole, the bytes themselves; then, among files of unlike bytes, size and decoded pixels. Work grows
 * with the number of files and of real candidates, not with the square.
 *
 * @param groups groups of files of the same bytes, then of the same pixels, each in the order of its first file
 * @param unreadable files that could not be read or decoded when it was their turn
 */
public record FileDuplicates(List<DuplicateGroup> groups, List<Unreadable> unreadable) {
    /** Copies the lists. */
    public FileDuplicates {
        groups = List.copyOf(groups);
        unreadable = List.copyOf(unreadable);
    }

    /** Looks at files. */
    public static FileDuplicates of(List<PictureFile> files) {
        Search search = new Search();
        List<List<PictureFile>> same = List.of(files);
        same = search.split(same, file -> FileContent.length(file.path()));
        same = search.split(same, file -> FileContent.start(file.path()));
        same = search.split(same, file -> FileContent.whole(file.path()));
        same = search.compared(same);
        List<DuplicateGroup> groups = new ArrayList<>();
        Set<PictureFile> copies = new HashSet<>();
        for (List<PictureFile> equal : same) {
            groups.add(group(DuplicateGroup.Sameness.BYTES, equal));
            copies.addAll(equal.subList(1, equal.size()));
        }
        List<List<PictureFile>> unlike =
                List.of(files.stream().filter(file -> !copies.contains(file)).toList());
        unlike = search.split(unlike, file -> FileContent.size(file.path()));
        for (List<PictureFile> equal : search.split(unlike, file -> FileContent.pixels(file.path()))) {
            groups.add(group(DuplicateGroup.Sameness.PIXELS, equal));
        }
        return new FileDuplicates(groups, List.copyOf(search.unreadable.values()));
    }

    private static DuplicateGroup group(DuplicateGroup.Sameness sameness, List<PictureFile> files) {
        return new DuplicateGroup(
                sameness, files.stream().map(PictureFile::item).toList());
    }

    /** The stages, with the files that failed in one of them. */
    private static final class Search {
        private final Map<PictureFile, Unreadable> unreadable = new LinkedHashMap<>();

        /** Splits candidates by a key; keeps what still has company, in the order of the files. */
        List<List<PictureFile>> split(List<List<PictureFile>> candidates, Function<PictureFile, Object> key) {
            List<List<PictureFile>> kept = new ArrayList<>();
            for (List<PictureFile> group : candidates) {
                List<Optional<Object>> keys =
                        group.parallelStream().map(file -> key(file, key)).toList();
                Map<Object, List<PictureFile>> split = new LinkedHashMap<>();
                for (int i = 0; i < group.size(); i++) {
                    PictureFile file = group.get(i);
                    keys.get(i)
                            .ifPresent(value -> split.computeIfAbsent(value, _ -> new ArrayList<>())
                                    .add(file));
                }
                split.values().stream().filter(files -> files.size() > 1).forEach(kept::add);
            }
            return kept;
        }

        /** Files of each group that equal its first one byte by byte. */
        List<List<PictureFile>> compared(List<List<PictureFile>> candidates) {
            return candidates.stream()
                    .map(group -> group.stream()
                            .filter(file -> FileContent.equal(group.getFirst().path(), file.path()))
                            .toList())
                    .filter(group -> group.size() > 1)
                    .toList();
        }

        private Optional<Object> key(PictureFile file, Function<PictureFile, Object> key) {
            try {
                return Optional.of(key.apply(file));
            } catch (DataException e) {
                synchronized (unreadable) {
                    unreadable.put(file, new Unreadable(file.path(), String.valueOf(e.getMessage())));
                }
                return Optional.empty();
            }
        }
    }
}
