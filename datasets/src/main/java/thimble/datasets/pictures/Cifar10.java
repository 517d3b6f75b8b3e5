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
import thimble.datasets.Checked;
import thimble.datasets.Missing;
import thimble.datasets.format.CifarFile;

/**
 * The small photographs of CIFAR-10, RGB 32 x 32: five batches of 10,000 to learn from and a test batch. Where the test batch is absent, batch
 * 5 is held out instead. A. Krizhevsky, Learning multiple layers of features from tiny images, University of Toronto, 2009.
 */
public record Cifar10() implements DatasetSource, Checked.Source {
    private static final System.Logger LOG = System.getLogger(Cifar10.class.getName());
    private static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    private static final List<String> SHA256 = List.of(
            "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
            "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
            "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
            "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
            "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add");
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

    /** The training batches; of the test batch no SHA-256 is known. */
    @Override
    public List<Checked.Known> known(List<Path> folders) {
        return folder(folders).stream()
                .flatMap(place -> IntStream.rangeClosed(1, BATCHES)
                        .mapToObj(number -> new Checked.Known(batch(place, number), SHA256.get(number - 1))))
                .toList();
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
