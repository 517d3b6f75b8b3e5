package thimble.datasets.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import thimble.data.ArrayDataset;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.Feature;
import thimble.data.Targets;
import thimble.datasets.FileSource;
import thimble.datasets.format.NumberLines;
import thimble.tensor.Shape;

/** Progression of diabetes in 442 patients a year after ten measures: a number to predict. B. Efron, T. Hastie, I. Johnstone, R. Tibshirani, Least angle regression, Annals of Statistics 32, 2004. */
public record Diabetes() implements FileSource {
    private static final List<String> NAMES = List.of(
            "age",
            "sex",
            "body mass index",
            "blood pressure",
            "total cholesterol",
            "low-density lipoproteins",
            "high-density lipoproteins",
            "cholesterol ratio",
            "log triglycerides",
            "blood sugar");

    @Override
    public String name() {
        return "diabetes";
    }

    @Override
    public Info info() {
        return new Info(
                "Progression of diabetes",
                "free for research; this copy from scikit-learn, BSD-3-Clause",
                "B. Efron, T. Hastie, I. Johnstone, R. Tibshirani, Least angle regression, Annals of Statistics 32,"
                        + " 2004",
                "10",
                0,
                442,
                0,
                false);
    }

    @Override
    public List<NamedFile> files() {
        return List.of(
                Stored.file(
                        "diabetes_data_raw.csv.gz",
                        "https://raw.githubusercontent.com/scikit-learn/scikit-learn/1.2.1/sklearn/datasets/data/diabetes_data_raw.csv.gz",
                        7087,
                        "fc08fc59c1cbfe65550d9ebb36321d505de9e8f004bf92c1566d2908962f08ff",
                        "sklearn-diabetes_data_raw.csv.gz"),
                Stored.file(
                        "diabetes_target.csv.gz",
                        "https://raw.githubusercontent.com/scikit-learn/scikit-learn/1.2.1/sklearn/datasets/data/diabetes_target.csv.gz",
                        1044,
                        "bf1ddd1f9d377278450a5f02c24b5e77b1501f2ad673fe9fdf4c4090d27eb5cc",
                        "sklearn-diabetes_target.csv.gz"));
    }

    @Override
    public Parts read(List<Path> files) {
        float[][] examples = NumberLines.read(files.get(0));
        float[][] targets = NumberLines.read(files.get(1));
        if (targets.length != examples.length || targets.length == 0 || targets[0].length != 1) {
            throw new DataException(files.get(1) + ": line " + targets.length + ": expected one number for each of "
                    + examples.length + " lines of " + files.get(0) + " but received " + targets.length + " lines");
        }
        List<Feature> features = IntStream.range(0, NAMES.size())
                .mapToObj(f -> new Feature(NAMES.get(f), f, List.of()))
                .toList();
        Targets progression = new Targets.Numbers(List.of("progression"));
        Dataset data = ArrayDataset.of(name(), Shape.of(NAMES.size()), examples, targets, progression)
                .withFeatures(features);
        return new Parts(data, Optional.empty(), Optional.empty());
    }
}
