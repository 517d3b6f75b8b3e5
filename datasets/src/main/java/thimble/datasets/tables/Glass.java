package thimble.datasets.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thimble.datasets.FileSource;
import thimble.datasets.format.CsvTable;
import thimble.datasets.format.TableOptions;

/** Chemical composition of 214 pieces of glass of six kinds. B. German, Glass Identification, UCI Machine Learning Repository, 1987. */
public record Glass() implements FileSource {
    private static final List<String> NAMES = List.of(
            "refractive index",
            "sodium",
            "magnesium",
            "aluminium",
            "silicon",
            "potassium",
            "calcium",
            "barium",
            "iron",
            "kind");
    private static final TableOptions OPTIONS = TableOptions.AUTO.withNames(NAMES);
    private static final Map<String, String> CLASSES = Map.of(
            "1",
            "float windows",
            "2",
            "other windows",
            "3",
            "vehicle windows",
            "5",
            "containers",
            "6",
            "tableware",
            "7",
            "headlamps");

    @Override
    public String name() {
        return "glass";
    }

    @Override
    public Info info() {
        return new Info(
                "Glass identification",
                "CC BY 4.0 (UCI Machine Learning Repository)",
                "B. German, Glass Identification, UCI Machine Learning Repository, 1987",
                "9",
                6,
                214,
                0,
                false);
    }

    @Override
    public List<NamedFile> files() {
        return List.of(Stored.file(
                "glass.csv",
                "https://raw.githubusercontent.com/jbrownlee/Datasets/d20fcb6402ae34e653d4513b00f39257bb37ed7f/glass.csv",
                11_154,
                "1b7039aa2d617c1827e790b55d45ac138dce06b5f2a3fb6c25f2f135b59ad2d0",
                "glass.csv"));
    }

    @Override
    public Parts read(List<Path> files) {
        return new Parts(
                CsvTable.read(name(), files.getFirst(), OPTIONS, Relabelled.last(CLASSES)),
                Optional.empty(),
                Optional.empty());
    }
}
