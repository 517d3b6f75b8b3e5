package thimble.datasets.pictures;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import thimble.data.Dataset;
import thimble.datasets.FileSource;
import thimble.datasets.format.IdxFile;

/** The handwritten digits of MNIST, 60,000 and 10,000, grey 28 x 28. Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, Gradient-based learning applied to document recognition, Proc. IEEE 86(11), 1998. */
public record Mnist() implements FileSource {
    private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    @Override
    public String name() {
        return "mnist";
    }

    @Override
    public Info info() {
        return new Info(
                "MNIST handwritten digits",
                "free, no formal licence",
                "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, Gradient-based learning applied to document recognition,"
                        + " Proc. IEEE 86(11), 1998",
                "1 x 28 x 28",
                10,
                60_000,
                10_000,
                false);
    }

    @Override
    public List<NamedFile> files() {
        return List.of(
                file(
                        "train-images-idx3-ubyte",
                        9_912_422,
                        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                file(
                        "train-labels-idx1-ubyte",
                        28_881,
                        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
                file(
                        "t10k-images-idx3-ubyte",
                        1_648_877,
                        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                file(
                        "t10k-labels-idx1-ubyte",
                        4542,
                        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
                        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));
    }

    @Override
    public Parts read(List<Path> files) {
        Dataset train = IdxFile.pictures(name(), files.get(0), files.get(1), CLASSES);
        Dataset test = IdxFile.pictures(name() + " test", files.get(2), files.get(3), CLASSES);
        return new Parts(train, Optional.of(test), Optional.empty());
    }

    private static NamedFile file(String name, long bytes, String sha256, String unpacked) {
        String file = name + ".gz";
        List<URI> addresses = List.of(
                URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/" + file),
                URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/" + file));
        return new NamedFile(
                new Download(file, addresses, bytes, sha256),
                List.of(
                        new Copy("mnist/" + name, unpacked),
                        new Copy("mnist/" + name.replace("-idx", ".idx"), unpacked),
                        new Copy("MNIST/raw/" + file, sha256),
                        new Copy("MNIST/raw/" + name, unpacked)));
    }
}
