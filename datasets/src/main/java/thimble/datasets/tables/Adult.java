package thimble.datasets.tables;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import thimble.data.Dataset;
import thimble.datasets.FileSource;
import thimble.datasets.format.CsvTable;
import thimble.datasets.format.Schema;
import thimble.datasets.format.TableOptions;

/** Incomes above or below 50,000 dollars in the census of 1994, by 14 columns, eight of them categories, with missing cells. B. Becker, R. Kohavi, Adult, UCI Machine Learning Repository, 1996. */
public record Adult() implements FileSource {
    private static final List<String> NAMES = List.of(
            "age",
            "workclass",
            "weight",
            "education",
            "education years",
            "marital status",
            "occupation",
            "relationship",
            "race",
            "sex",
            "capital gain",
            "capital loss",
            "hours per week",
            "native country",
            "income");
    private static final TableOptions OPTIONS = TableOptions.AUTO.withNames(NAMES);

    @Override
    public String name() {
        return "adult";
    }

    @Override
    public Info info() {
        return new Info(
                "Adult census income",
                "CC BY 4.0 (UCI Machine Learning Repository)",
                "B. Becker, R. Kohavi, Adult, UCI Machine Learning Repository, 1996",
                "14 columns",
                2,
                32_561,
                16_281,
                false);
    }

    @Override
    public List<NamedFile> files() {
        return List.of(
                Stored.file(
                        "adult.data",
                        "https://archive.ics.uci.edu/ml/machine-learning-databases/adult/adult.data",
                        3_974_305,
                        "5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d",
                        "adult-train.csv.gz",
                        "c7a2b4716a97f930123e0baf879188d701e798172631a654fc703d4b082907f3"),
                Stored.file(
                        "adult.test",
                        "https://archive.ics.uci.edu/ml/machine-learning-databases/adult/adult.test",
                        2_003_153,
                        "a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05",
                        "adult-test.csv.gz",
                        "41743e91fe4d25fd353ea754bfdb850444d050bd14aaee06a5be952b6dbfa3ec"));
    }

    @Override
    public Parts read(List<Path> files) {
        Dataset train = CsvTable.read(name(), files.get(0), OPTIONS);
        TableOptions same = OPTIONS.withSchema(Schema.of(train));
        return new Parts(
                train,
                Optional.of(CsvTable.read(name() + " test", files.get(1), same, Adult::tidied)),
                Optional.empty());
    }

    /** Leaves out the remark in the first line and takes the point off the label. */
    private static List<String> tidied(List<String> cells) {
        if (cells.size() == 1) {
            return List.of();
        }
        List<String> tidy = new ArrayList<>(cells);
        String label = tidy.removeLast();
        tidy.add(label.endsWith(".") ? label.substring(0, label.length() - 1) : label);
        return tidy;
    }
}
