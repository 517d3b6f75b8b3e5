package thimble.datasets.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import thimble.datasets.FileSource;

/** Measures of cell nuclei of 569 breast masses. W. Wolberg, O. Mangasarian, N. Street, W. Street, Breast Cancer Wisconsin (Diagnostic), UCI Machine Learning Repository, 1993. */
public record BreastCancer() implements FileSource {
    private static final List<String> CLASSES = List.of("malignant", "benign");
    private static final List<String> NAMES = List.of(
            "mean radius",
            "mean texture",
            "mean perimeter",
            "mean area",
            "mean smoothness",
            "mean compactness",
            "mean concavity",
            "mean concave points",
            "mean symmetry",
            "mean fractal dimension",
            "error of radius",
            "error of texture",
            "error of perimeter",
            "error of area",
            "error of smoothness",
            "error of compactness",
            "error of concavity",
            "error of concave points",
            "error of symmetry",
            "error of fractal dimension",
            "worst radius",
            "worst texture",
            "worst perimeter",
            "worst area",
            "worst smoothness",
            "worst compactness",
            "worst concavity",
            "worst concave points",
            "worst symmetry",
            "worst fractal dimension");

    @Override
    public String name() {
        return "breast-cancer";
    }

    @Override
    public Info info() {
        return new Info(
                "Breast cancer, Wisconsin diagnostic",
                "CC BY 4.0; this copy from scikit-learn, BSD-3-Clause",
                "W. Wolberg, O. Mangasarian, N. Street, W. Street, Breast Cancer Wisconsin (Diagnostic), UCI Machine"
                        + " Learning Repository, 1993",
                "30",
                2,
                569,
                0,
                false);
    }

    @Override
    public List<NamedFile> files() {
        return List.of(Stored.file(
                "breast_cancer.csv",
                "https://raw.githubusercontent.com/scikit-learn/scikit-learn/1.2.1/sklearn/datasets/data/breast_cancer.csv",
                119_913,
                "fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed",
                "sklearn-breast_cancer.csv"));
    }

    @Override
    public Parts read(List<Path> files) {
        return new Parts(
                ScikitTable.read(name(), files.getFirst(), NAMES, CLASSES), Optional.empty(), Optional.empty());
    }
}
