package thimble.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.DatasetSource.Parts;
import thimble.datasets.format.IdxFile;

/** Files of pictures and labels under the names that MNIST gave them: {@code train-images-idx3-ubyte} and so on, plain or .gz. */
final class IdxPair {
    private static final String IMAGES = "images";

    private IdxPair() {}

    /** True if a folder holds a training pair. */
    static boolean present(Path folder) {
        return file(folder, "train", IMAGES, 3).isPresent();
    }

    /** True for a file name of this kind. */
    static boolean named(String file) {
        return file.matches("(train|t10k|test)-(images|labels)[.-]idx[13]-ubyte(\\.gz)?");
    }

    /** Reads a training pair and, if it is there, a test pair; classes are called by their numbers. */
    static Parts read(Path folder, String name) {
        Path labels = labels(folder, "train");
        int classes = IdxFile.read(labels).greatest() + 1;
        return read(
                folder,
                name,
                IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    }

    /** Reads a training pair and, if it is there, a test pair. */
    static Parts read(Path folder, String name, List<String> classes) {
        Dataset train = pictures(folder, "train", name, classes);
        Optional<Dataset> test = Stream.of("t10k", "test")
                .filter(part -> file(folder, part, IMAGES, 3).isPresent())
                .findFirst()
                .map(part -> pictures(folder, part, name + " test", classes));
        return new Parts(train, test, Optional.empty());
    }

    private static Dataset pictures(Path folder, String part, String name, List<String> classes) {
        Path images = file(folder, part, IMAGES, 3)
                .orElseThrow(() -> new DataException(
                        folder + ": expected a file " + part + "-images-idx3-ubyte or .gz but received none"));
        return IdxFile.pictures(name, images, labels(folder, part), classes);
    }

    private static Path labels(Path folder, String part) {
        return file(folder, part, "labels", 1)
                .orElseThrow(() -> new DataException(
                        folder + ": expected a file " + part + "-labels-idx1-ubyte or .gz but received none"));
    }

    private static Optional<Path> file(Path folder, String part, String kind, int rank) {
        return Stream.of("-", ".")
                .flatMap(mark ->
                        Stream.of("", ".gz").map(end -> part + "-" + kind + mark + "idx" + rank + "-ubyte" + end))
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
