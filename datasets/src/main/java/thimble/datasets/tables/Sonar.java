package thimble.datasets.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thimble.datasets.FileSource;
import thimble.datasets.format.CsvTable;
import thimble.datasets.format.TableOptions;

/** Sonar returns from mines and rocks, 208 of 60 bands. T. Sejnowski, R. Gorman, Connectionist Bench (Sonar, Mines vs. Rocks), UCI Machine Learning Repository, 1988. */
public record Sonar() implements FileSource {
    private static final TableOptions OPTIONS = TableOptions.AUTO.withHeader(TableOptions.Header.ABSENT);
    private static final Map<String, String> CLASSES = Map.of("M", "mine", "R", "rock");

    @Override
    public String name() {
        return "sonar";
    }

    @Override
    public Info info() {
        return new Info(
                "Sonar returns from mines and rocks",
                "CC BY 4.0 (UCI Machine Learning Repository)",
                "T. Sejnowski, R. Gorman, Connectionist Bench (Sonar, Mines vs. Rocks), UCI Machine Learning"
                        + " Repository, 1988",
                "60",
                2,
                208,
                0,
                false);
    }

    @Override
    public List<NamedFile> files() {
        return List.of(Stored.file(
                "sonar.csv",
                "https://raw.githubusercontent.com/jbrownlee/Datasets/d20fcb6402ae34e653d4513b00f39257bb37ed7f/sonar.csv",
                87_775,
                "3079c09b5d2789a0f96aff82c28e5164fafe2495c5f8da96c6c256c1bd25763f",
                "sonar.csv"));
    }

    @Override
    public Parts read(List<Path> files) {
        return new Parts(
                CsvTable.read(name(), files.getFirst(), OPTIONS, Relabelled.last(CLASSES)),
                Optional.empty(),
                Optional.empty());
    }
}
