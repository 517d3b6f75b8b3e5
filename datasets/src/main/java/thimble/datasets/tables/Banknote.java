package thimble.datasets.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thimble.datasets.FileSource;
import thimble.datasets.format.CsvTable;
import thimble.datasets.format.TableOptions;

/** Wavelet features of 1,372 photographs of banknotes. V. Lohweg, Banknote Authentication, UCI Machine Learning Repository, 2012. */
public record Banknote() implements FileSource {
    private static final List<String> NAMES = List.of("variance", "skewness", "curtosis", "entropy", "note");
    private static final TableOptions OPTIONS = TableOptions.AUTO.withNames(NAMES);
    private static final Map<String, String> CLASSES = Map.of("0", "genuine", "1", "forged");

    @Override
    public String name() {
        return "banknote";
    }

    @Override
    public Info info() {
        return new Info(
                "Banknote authentication",
                "CC BY 4.0 (UCI Machine Learning Repository)",
                "V. Lohweg, Banknote Authentication, UCI Machine Learning Repository, 2012",
                "4",
                2,
                1_372,
                0,
                false);
    }

    @Override
    public List<NamedFile> files() {
        return List.of(Stored.file(
                "banknote_authentication.csv",
                "https://raw.githubusercontent.com/jbrownlee/Datasets/d20fcb6402ae34e653d4513b00f39257bb37ed7f/banknote_authentication.csv",
                46_400,
                "d0539aaed2139ba7a587b3e34fb345ce503ff7d5d33dbf9912d8e195ce425cb9",
                "banknote_authentication.csv"));
    }

    @Override
    public Parts read(List<Path> files) {
        return new Parts(
                CsvTable.read(name(), files.getFirst(), OPTIONS, Relabelled.last(CLASSES)),
                Optional.empty(),
                Optional.empty());
    }
}
