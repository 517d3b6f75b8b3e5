package thimble.datasets.quality;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.DatasetSource.Parts;
import thimble.data.Targets;
import thimble.datasets.format.Unreadable;

/**
 * What can be found without training a model.
 *
 * @param examples number of examples of each part, in order
 * @param balance class counts of each part; empty for numbers
 * @param duplicates groups of equal examples, leaks between parts and conflicting labels among them
 * @param blank pictures that show nothing
 * @param unreadable files that could not be read
 */
public record Inspection(
        Map<String, Integer> examples,
        Map<String, ClassBalance> balance,
        List<DuplicateGroup> duplicates,
        List<Item> blank,
        List<Unreadable> unreadable) {

    /** Examples in parts. */
    public static Inspection of(Parts parts) {
        Map<String, Dataset> data = new LinkedHashMap<>();
        data.put("train", parts.train());
        parts.test().ifPresent(test -> data.put("test", test));
        return of(data, ExampleDuplicates.of(data), List.of());
    }

    /**
     * Examples in parts whose files are looked at as well: a folder of pictures, or a zip file with one.
     *
     * @param parts what was read from the path
     * @param unreadable files that were left out when it was read
     */
    public static Inspection of(Parts parts, Path path, List<Unreadable> unreadable) {
        Map<String, Dataset> data = new LinkedHashMap<>();
        data.put("train", parts.train());
        parts.test().ifPresent(test -> data.put("test", test));
        if (Files.isDirectory(path) && parts.train().example().rank() == 3) {
            FileDuplicates files = FileDuplicates.of(PictureFile.list(path));
            return of(data, files.groups(), unreadable);
        }
        if (path.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
            try (FileSystem inside = FileSystems.newFileSystem(path)) {
                return of(
                        data,
                        FileDuplicates.of(PictureFile.list(inside.getPath("/"))).groups(),
                        unreadable);
            } catch (IOException e) {
                throw new DataException(path + ": expected a zip file but received " + e.getMessage(), e);
            }
        }
        return of(data, ExampleDuplicates.of(data), unreadable);
    }

    /** Groups that lie in more than one part. */
    public List<DuplicateGroup> leaks() {
        return duplicates.stream().filter(DuplicateGroup::leak).toList();
    }

    /** Groups with different labels. */
    public List<DuplicateGroup> conflicts() {
        return duplicates.stream().filter(DuplicateGroup::conflict).toList();
    }

    private static Inspection of(
            Map<String, Dataset> data, List<DuplicateGroup> duplicates, List<Unreadable> unreadable) {
        Map<String, Integer> examples = new LinkedHashMap<>();
        Map<String, ClassBalance> balance = new LinkedHashMap<>();
        List<Item> blank = new ArrayList<>();
        data.forEach((part, set) -> {
            examples.put(part, set.size());
            if (set.targets() instanceof Targets.Classes) {
                balance.put(part, ClassBalance.of(set));
            }
            BlankPictures.of(set).forEach(index -> blank.add(ExampleDuplicates.item(part, set, index)));
        });
        return new Inspection(examples, balance, duplicates, List.copyOf(blank), List.copyOf(unreadable));
    }
}
