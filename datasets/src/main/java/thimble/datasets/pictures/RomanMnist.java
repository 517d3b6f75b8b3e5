package thimble.datasets.pictures;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.datasets.Missing;
import thimble.datasets.format.ImageFolder;
import thimble.datasets.format.ImageOptions;
import thimble.datasets.format.ImageReading;
import thimble.datasets.format.Size;

/**
 * Handwritten Roman numerals i to x of the Data-Centric AI competition, raw: train and val to learn from, test held out; resized to 32 x 32,
 * grey. Groups are not marked: exact duplicates lie between the parts. A. Ng, D. Laird, L. He, DeepLearning.AI and Landing AI, 2021.
 */
public record RomanMnist() implements DatasetSource {
    private static final List<String> CLASSES = List.of("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x");
    private static final ImageOptions OPTIONS = ImageOptions.AUTO
            .withSize(Size.of(32, 32))
            .withChannels(ImageOptions.Channels.GREY)
            .withClasses(CLASSES);

    @Override
    public String name() {
        return "roman-mnist";
    }

    @Override
    public Info info() {
        return new Info(
                "Roman numerals of the Data-Centric AI competition",
                "no licence text; the bundle 0xcea1d733e1f144d9aba83929af51f191 of worksheets.codalab.org has no"
                        + " published checksum",
                "A. Ng, D. Laird, L. He, Data-Centric AI Competition, DeepLearning.AI and Landing AI, 2021",
                "1 x 32 x 32",
                CLASSES.size(),
                2_880,
                2_420,
                false);
    }

    @Override
    public boolean present(List<Path> folders) {
        return folder(folders).isPresent() || archive(folders).isPresent();
    }

    @Override
    public Parts load(List<Path> folders) {
        Optional<Path> folder = folder(folders);
        if (folder.isPresent()) {
            return read(folder.get());
        }
        Path archive = archive(folders).orElseThrow(() -> Missing.of(this, folders));
        try (FileSystem inside = FileSystems.newFileSystem(archive)) {
            return read(inside.getPath("/"));
        } catch (IOException e) {
            throw new DataException(archive + ": expected a zip file but received " + e.getMessage(), e);
        }
    }

    private Parts read(Path root) {
        Dataset train = part(root, "train").concat(part(root, "val"));
        Optional<Dataset> test = Optional.of("test")
                .filter(part -> Files.isDirectory(root.resolve(part)))
                .map(part -> part(root, part));
        return new Parts(train, test, Optional.empty());
    }

    private Dataset part(Path root, String part) {
        return ImageReading.of(name(), ImageFolder.list(root.resolve(part), OPTIONS), OPTIONS)
                .data();
    }

    private Optional<Path> folder(List<Path> folders) {
        return folders.stream()
                .flatMap(root ->
                        Stream.of(root.resolve(name()), root.resolve(name()).resolve("data")))
                .filter(place -> Files.isDirectory(place.resolve("train")) && Files.isDirectory(place.resolve("val")))
                .findFirst();
    }

    private Optional<Path> archive(List<Path> folders) {
        return folders.stream()
                .map(root -> root.resolve(name()).resolve("roman-mnist.zip"))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
