package thimble.datasets.pictures;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.datasets.Missing;
import thimble.datasets.format.CifarFile;

/**
 * The small photographs of CIFAR-10, RGB 32 x 32: five batches of 10,000 to learn from and a test batch. Where the test batch is absent, batch
 * 5 is held out instead. A. Krizhevsky, Learning multiple layers of features from tiny images, University of Toronto, 2009.
 */
public record Cifar10() implements DatasetSource {
    private static final System.Logger LOG = System.getLogger(Cifar10.class.getName());
    private static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    private static final int BATCHES = 5;

    @Override
    public String name() {
        return "cifar-10";
    }

    @Override
    public Info info() {
        return new Info(
                "CIFAR-10 photographs",
                "none stated; research use with citation",
                "A. Krizhevsky, Learning multiple layers of features from tiny images, University of Toronto, 2009",
                "3 x 32 x 32",
                CLASSES.size(),
                50_000,
                10_000,
                false);
    }

    @Override
    public List<Download> downloads() {
        return List.of(new Download(
                "cifar-10-binary.tar.gz",
                List.of(URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz")),
                170_052_171,
                "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"));
    }

    @Override
    public boolean present(List<Path> folders) {
        return folder(folders).isPresent();
    }

    @Override
    public Parts load(List<Path> folders) {
        Path folder = folder(folders).orElseThrow(() -> Missing.of(this, folders));
        Dataset train = batches(folder, 1, BATCHES - 1);
        Dataset last = batches(folder, BATCHES, BATCHES);
        Path test = folder.resolve("test_batch.bin");
        if (Files.isRegularFile(test)) {
            return new Parts(
                    train.concat(last), Optional.of(CifarFile.read(name() + " test", test, CLASSES)), Optional.empty());
        }
        LOG.log(System.Logger.Level.INFO, "{0} is absent: batch {1} is held out in its place", test, BATCHES);
        return new Parts(train, Optional.of(last), Optional.empty());
    }

    private Dataset batches(Path folder, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(batch -> CifarFile.read(name(), batch(folder, batch), CLASSES))
                .reduce(Dataset::concat)
                .orElseThrow(() -> new DataException(folder + ": expected batches but received none"));
    }

    private Optional<Path> folder(List<Path> folders) {
        return folders.stream()
                .flatMap(root -> Stream.of(root.resolve(name()), root))
                .flatMap(place -> Stream.of(place.resolve("cifar-10-batches-bin"), place))
                .filter(place -> IntStream.rangeClosed(1, BATCHES).allMatch(b -> Files.isRegularFile(batch(place, b))))
                .findFirst();
    }

    private static Path batch(Path folder, int number) {
        return folder.resolve("data_batch_" + number + ".bin");
    }
}
