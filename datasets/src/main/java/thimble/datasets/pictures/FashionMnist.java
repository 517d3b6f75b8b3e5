package thimble.datasets.pictures;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import thimble.data.Dataset;
import thimble.datasets.FileSource;
import thimble.datasets.format.IdxFile;

/** The pictures of clothing of Fashion-MNIST, 60,000 and 10,000, grey 28 x 28. H. Xiao, K. Rasul, R. Vollgraf, Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms, arXiv:1708.07747, 2017. */
public record FashionMnist() implements FileSource {
    private static final List<String> CLASSES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    @Override
    public String name() {
        return "fashion-mnist";
    }

    @Override
    public Info info() {
        return new Info(
                "Fashion-MNIST pictures of clothing",
                "MIT, Copyright 2017 Zalando SE",
                "H. Xiao, K. Rasul, R. Vollgraf, Fashion-MNIST: a novel image dataset for benchmarking machine"
                        + " learning algorithms, arXiv:1708.07747, 2017",
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
                        26_421_880,
                        "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
                file(
                        "train-labels-idx1-ubyte",
                        29_515,
                        "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
                file(
                        "t10k-images-idx3-ubyte",
                        4_422_102,
                        "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
                file(
                        "t10k-labels-idx1-ubyte",
                        5148,
                        "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
                        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"));
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
                URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/" + file),
                URI.create(
                        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/" + file));
        return new NamedFile(
                new Download(file, addresses, bytes, sha256),
                List.of(
                        new Copy("fashion-mnist/" + name, unpacked),
                        new Copy("fashion-mnist/" + name.replace("-idx", ".idx"), unpacked),
                        new Copy("FashionMNIST/raw/" + file, sha256),
                        new Copy("FashionMNIST/raw/" + name, unpacked)));
    }
}
