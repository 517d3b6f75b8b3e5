package thimble.datasets.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import thimble.data.Dataset;
import thimble.datasets.FileSource;
import thimble.datasets.format.CsvTable;
import thimble.datasets.format.TableOptions;
import thimble.tensor.Shape;

/** Handwritten digits of 8 x 8 pixels in 17 grey levels, the test part of the UCI set. E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998. */
public record Digits() implements FileSource {
    private static final Shape SHAPE = Shape.of(1, 8, 8);
    private static final float LEVELS = 16;

    @Override
    public String name() {
        return "digits";
    }

    @Override
    public Info info() {
        return new Info(
                "Small handwritten digits",
                "CC BY 4.0; this copy from scikit-learn, BSD-3-Clause",
                "E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository,"
                        + " 1998",
                "1 x 8 x 8",
                10,
                1_797,
                0,
                false);
    }

    @Override
    public List<NamedFile> files() {
        return List.of(Stored.file(
                "digits.csv.gz",
                "https://raw.githubusercontent.com/scikit-learn/scikit-learn/1.2.1/sklearn/datasets/data/digits.csv.gz",
                57_512,
                "46abec6b12486ad9e51943373abcf22bbea1b5a51a1619b361570d8893f1464a",
                "sklearn-digits.csv.gz"));
    }

    @Override
    public Parts read(List<Path> files) {
        Dataset table =
                CsvTable.read(name(), files.getFirst(), TableOptions.AUTO.withHeader(TableOptions.Header.ABSENT));
        return new Parts(Stored.reshaped(table, SHAPE, 1 / LEVELS), Optional.empty(), Optional.empty());
    }
}
