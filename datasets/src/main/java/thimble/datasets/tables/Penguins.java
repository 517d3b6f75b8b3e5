package thimble.datasets.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import thimble.datasets.FileSource;
import thimble.datasets.format.CsvTable;
import thimble.datasets.format.TableOptions;

/** Measures of 344 penguins of three kinds, with missing cells; the year of the count is left out. A. Horst, A. Hill, K. Gorman, palmerpenguins, 2020. */
public record Penguins() implements FileSource {
    private static final TableOptions OPTIONS =
            TableOptions.AUTO.withLabel("species").withColumns(List.of("-year"));

    @Override
    public String name() {
        return "penguins";
    }

    @Override
    public Info info() {
        return new Info(
                "Palmer penguins",
                "CC0-1.0",
                "A. Horst, A. Hill, K. Gorman, palmerpenguins, 2020",
                "7 columns",
                3,
                344,
                0,
                false);
    }

    @Override
    public List<NamedFile> files() {
        return List.of(Stored.file(
                "penguins.csv",
                "https://raw.githubusercontent.com/allisonhorst/palmerpenguins/8957207b78d6ccd1b4654a9dd9c9041b657478ab/inst/extdata/penguins.csv",
                15_241,
                "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93",
                "penguins.csv"));
    }

    @Override
    public Parts read(List<Path> files) {
        return new Parts(CsvTable.read(name(), files.getFirst(), OPTIONS), Optional.empty(), Optional.empty());
    }
}
