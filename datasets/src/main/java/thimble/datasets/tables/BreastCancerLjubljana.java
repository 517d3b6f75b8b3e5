package thimble.datasets.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import thimble.datasets.FileSource;
import thimble.datasets.format.CsvTable;
import thimble.datasets.format.TableOptions;

/** Recurrence of breast cancer in 286 patients by nine categories. M. Zwitter, M. Soklic, Breast Cancer, UCI Machine Learning Repository, 1988; University Medical Centre, Ljubljana. */
public record BreastCancerLjubljana() implements FileSource {
    private static final List<String> NAMES = List.of(
            "age",
            "menopause",
            "tumour size",
            "involved nodes",
            "node caps",
            "degree of malignancy",
            "breast",
            "quadrant",
            "irradiation",
            "recurrence");
    private static final TableOptions OPTIONS =
            TableOptions.AUTO.withNames(NAMES).withQuote('\'');

    @Override
    public String name() {
        return "breast-cancer-ljubljana";
    }

    @Override
    public Info info() {
        return new Info(
                "Breast cancer, Ljubljana",
                "CC BY 4.0 (UCI Machine Learning Repository)",
                "M. Zwitter, M. Soklic, Breast Cancer, UCI Machine Learning Repository, 1988; University Medical"
                        + " Centre, Ljubljana",
                "9",
                2,
                286,
                0,
                false);
    }

    @Override
    public List<NamedFile> files() {
        return List.of(Stored.file(
                "breast-cancer.csv",
                "https://raw.githubusercontent.com/jbrownlee/Datasets/d20fcb6402ae34e653d4513b00f39257bb37ed7f/breast-cancer.csv",
                24_373,
                "4523656d14e91168a602301490a8c89674a9b14384c29a5f652ba1a2bec844a9",
                "breast-cancer.csv"));
    }

    @Override
    public Parts read(List<Path> files) {
        return new Parts(CsvTable.read(name(), files.getFirst(), OPTIONS), Optional.empty(), Optional.empty());
    }
}
