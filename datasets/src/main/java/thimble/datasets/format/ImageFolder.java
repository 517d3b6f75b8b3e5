package thimble.datasets.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import thimble.data.DataException;
import thimble.method.Methods;

/**
 * Pictures in a folder with one sub-folder per class. Files of other kinds and hidden files are passed over.
 *
 * @param root the folder
 * @param classes class names in order
 * @param files picture files, class after class, each class by path
 */
public record ImageFolder(Path root, List<String> classes, List<Labelled> files) {
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp");

    /** Copies the lists. */
    public ImageFolder {
        classes = List.copyOf(classes);
        files = List.copyOf(files);
    }

    /**
     * A picture file.
     *
     * @param path the file
     * @param label class number
     */
    public record Labelled(Path path, int label) {}

    /**
     * Lists a folder.
     *
     * @throws DataException if there are no pictures in sub-folders, or a sub-folder is none of the given classes
     */
    public static ImageFolder list(Path root, ImageOptions options) {
        List<String> found = folders(root).stream()
                .map(folder -> folder.getFileName().toString())
                .toList();
        found = found.stream()
                .map(name -> name.replace("/", ""))
                .sorted(Cells.order())
                .toList();
        List<String> classes = options.classes().orElse(found);
        for (String name : found) {
            if (!classes.contains(name)) {
                throw new DataException(root + ": " + Methods.unknown("class folder", name, classes));
            }
        }
        List<Labelled> files = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            Path folder = root.resolve(classes.get(label));
            if (Files.isDirectory(folder)) {
                for (Path file : pictures(folder)) {
                    files.add(new Labelled(file, label));
                }
            }
        }
        if (files.isEmpty()) {
            throw new DataException(
                    root + ": expected one sub-folder per class with PNG, JPEG, GIF or BMP pictures but received "
                            + (found.isEmpty() ? "no sub-folders" : "no pictures in " + found));
        }
        return new ImageFolder(root, classes, files);
    }

    /** Sub-folders that are not hidden, by name. */
    public static List<Path> folders(Path root) {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory)
                    .filter(ImageFolder::visible)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            throw new DataException(root + ": expected a readable folder but received " + SourceBytes.reason(e), e);
        }
    }

    private static List<Path> pictures(Path folder) {
        try (Stream<Path> entries = Files.walk(folder)) {
            return entries.filter(ImageFolder::visible)
                    .filter(path -> ENDINGS.contains(ending(path)) && Files.isRegularFile(path))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            throw new DataException(folder + ": expected a readable folder but received " + SourceBytes.reason(e), e);
        }
    }

    private static boolean visible(Path path) {
        return !path.getFileName().toString().startsWith(".");
    }

    private static String ending(Path path) {
        String name = path.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
