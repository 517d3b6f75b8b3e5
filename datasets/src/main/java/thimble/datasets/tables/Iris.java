package thimble.datasets.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import thimble.datasets.FileSource;

/** The four measures of 150 iris flowers of three kinds. R. A. Fisher, The use of multiple measurements in taxonomic problems, Annals of Eugenics 7, 1936. */
public record Iris() implements FileSource {
    private static final List<String> CLASSES = List.of("setosa", "versicolor", "virginica");
    private static final List<String> NAMES = List.of("sepal length", "sepal width", "petal length", "petal width");

    @Override
    public String name() {
        return "iris";
    }

    @Override
    public Info info() {
        return new Info(
                "Iris flowers",
                "CC BY 4.0; this copy from scikit-learn, BSD-3-Clause",
                "R. A. Fisher, The use of multiple measurements in taxonomic problems, Annals of Eugenics 7, 1936",
                "4",
                3,
                150,
                0,
                false);
    }

    @Override
    public List<NamedFile> files() {
        return List.of(Stored.file(
                "iris.csv",
                "https://raw.githubusercontent.com/scikit-learn/scikit-learn/1.2.1/sklearn/datasets/data/iris.csv",
                2734,
                "f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449",
                "sklearn-iris.csv"));
    }

    @Override
    public Parts read(List<Path> files) {
        return new Parts(
                ScikitTable.read(name(), files.getFirst(), NAMES, CLASSES), Optional.empty(), Optional.empty());
    }
}
