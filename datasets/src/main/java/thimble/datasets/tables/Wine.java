package thimble.datasets.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import thimble.datasets.FileSource;

/** Chemical analyses of 178 wines of three growers. S. Aeberhard, M. Forina, Wine, UCI Machine Learning Repository, 1992. */
public record Wine() implements FileSource {
    private static final List<String> CLASSES = List.of("grower 1", "grower 2", "grower 3");
    private static final List<String> NAMES = List.of(
            "alcohol",
            "malic acid",
            "ash",
            "alcalinity of ash",
            "magnesium",
            "total phenols",
            "flavanoids",
            "nonflavanoid phenols",
            "proanthocyanins",
            "colour intensity",
            "hue",
            "od280/od315",
            "proline");

    @Override
    public String name() {
        return "wine";
    }

    @Override
    public Info info() {
        return new Info(
                "Wines of three growers",
                "CC BY 4.0; this copy from scikit-learn, BSD-3-Clause",
                "S. Aeberhard, M. Forina, Wine, UCI Machine Learning Repository, 1992",
                "13",
                3,
                178,
                0,
                false);
    }

    @Override
    public List<NamedFile> files() {
        return List.of(Stored.file(
                "wine_data.csv",
                "https://raw.githubusercontent.com/scikit-learn/scikit-learn/1.2.1/sklearn/datasets/data/wine_data.csv",
                11_157,
                "10e8a802908b34f86e5da8ce962f3c806694bc98450a18f61851af59f324bede",
                "sklearn-wine_data.csv"));
    }

    @Override
    public Parts read(List<Path> files) {
        return new Parts(
                ScikitTable.read(name(), files.getFirst(), NAMES, CLASSES), Optional.empty(), Optional.empty());
    }
}
