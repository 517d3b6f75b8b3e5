package thimble.datasets.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thimble.datasets.FileSource;
import thimble.datasets.format.CsvTable;
import thimble.datasets.format.TableOptions;

/** Radar returns from the ionosphere, 351 of 34 numbers. V. Sigillito, S. Wing, L. Hutton, K. Baker, Ionosphere, UCI Machine Learning Repository, 1989. */
public record Ionosphere() implements FileSource {
    private static final TableOptions OPTIONS = TableOptions.AUTO.withHeader(TableOptions.Header.ABSENT);
    private static final Map<String, String> CLASSES = Map.of("g", "good", "b", "bad");

    @Override
    public String name() {
        return "ionosphere";
    }

    @Override
    public Info info() {
        return new Info(
                "Radar returns from the ionosphere",
                "CC BY 4.0 (UCI Machine Learning Repository)",
                "V. Sigillito, S. Wing, L. Hutton, K. Baker, Ionosphere, UCI Machine Learning Repository, 1989",
                "34",
                2,
                351,
                0,
                false);
    }

    @Override
    public List<NamedFile> files() {
        return List.of(Stored.file(
                "ionosphere.csv",
                "https://raw.githubusercontent.com/jbrownlee/Datasets/d20fcb6402ae34e653d4513b00f39257bb37ed7f/ionosphere.csv",
                76_466,
                "fd6dd7864b55d56dac0a1e6e24af9ccc35bf2555ac79af8ab9f3d1daa065ab83",
                "ionosphere.csv"));
    }

    @Override
    public Parts read(List<Path> files) {
        return new Parts(
                CsvTable.read(name(), files.getFirst(), OPTIONS, Relabelled.last(CLASSES)),
                Optional.empty(),
                Optional.empty());
    }
}
