package thimble.datasets;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.DatasetSource.Parts;
import thimble.datasets.format.CsvTable;
import thimble.datasets.format.ImageFolder;
import thimble.datasets.format.ImageOptions;
import thimble.datasets.format.ImageReading;
import thimble.datasets.format.Schema;
import thimble.datasets.format.TableOptions;
import thimble.datasets.format.Unreadable;

/**
 * The user's own data behind a path: a folder (or a zip file) with one sub-folder per class, or with folders {@code train} and {@code test}
 * (or {@code val}) of that kind; a folder with files in the IDX format, or one file of such a pair; a table (.csv, .tsv, .txt, also .gz).
 *
 * @param parts what was read
 * @param unreadable files that were left out
 */
public record DataPath(Parts parts, List<Unreadable> unreadable) {
    private static final System.Logger LOG = System.getLogger(DataPath.class.getName());
    private static final List<String> TEST_FOLDERS = List.of("test", "val", "valid", "validation");

    /** Copies the list. */
    public DataPath {
        unreadable = List.copyOf(unreadable);
    }

    /**
     * Reads what is there.
     *
     * @throws DataException if it is none of these, or damaged; the text names file and offset or line
     * @throws IllegalArgumentException if the options name a column that does not exist
     */
    public static DataPath read(Path path, DataOptions options) {
        String file = String.valueOf(path.toAbsolutePath().normalize().getFileName());
        if (!Files.exists(path)) {
            throw new DataException(
                    path + ": expected a folder, a .csv file or IDX files but there is nothing of this name");
        }
        if (Files.isDirectory(path)) {
            return IdxPair.present(path) ? of(IdxPair.read(path, file)) : folder(file, path, options);
        }
        if (file.toLowerCase(Locale.ROOT).endsWith(".zip")) {
            return zip(file, path, options);
        }
        if (IdxPair.named(file)) {
            return of(IdxPair.read(path.toAbsolutePath().resolveSibling(""), file));
        }
        TableOptions table = options.like().map(options.table()::withSchema).orElse(options.table());
        return of(new Parts(CsvTable.read(file, path, table), Optional.empty(), Optional.empty()));
    }

    private static DataPath of(Parts parts) {
        return new DataPath(parts, List.of());
    }

    private static DataPath folder(String name, Path root, DataOptions options) {
        ImageOptions images = options.like().map(ImageOptions::like).orElse(options.images());
        Path train = root.resolve("train");
        Optional<Path> test = TEST_FOLDERS.stream()
                .map(root::resolve)
                .filter(Files::isDirectory)
                .findFirst();
        boolean split = Files.isDirectory(train)
                && test.isPresent()
                && !ImageFolder.folders(train).isEmpty();
        ImageReading learn = ImageReading.of(name, ImageFolder.list(split ? train : root, images), images);
        List<Unreadable> unreadable = new ArrayList<>(learn.unreadable());
        Optional<Dataset> held = Optional.empty();
        if (split) {
            ImageOptions same = ImageOptions.like(Schema.of(learn.data()));
            ImageReading read =
                    ImageReading.of(name + "/" + test.get().getFileName(), ImageFolder.list(test.get(), same), same);
            unreadable.addAll(read.unreadable());
            held = Optional.of(read.data());
        }
        if (!unreadable.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} unreadable pictures were left out, the first: {1}",
                    unreadable.size(),
                    unreadable.getFirst().reason());
        }
        return new DataPath(new Parts(learn.data(), held, Optional.empty()), unreadable);
    }

    private static DataPath zip(String name, Path path, DataOptions options) {
        try (FileSystem inside = FileSystems.newFileSystem(path)) {
            Path root = inside.getPath("/");
            List<Path> folders = ImageFolder.folders(root);
            return folder(name, folders.size() == 1 ? folders.getFirst() : root, options);
        } catch (IOException e) {
            throw new DataException(path + ": expected a zip file but received " + e.getMessage(), e);
        }
    }
}
