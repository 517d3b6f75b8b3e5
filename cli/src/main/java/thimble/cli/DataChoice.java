package thimble.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.datasets.Catalogue;
import thimble.datasets.DataFolders;
import thimble.datasets.DataOptions;
import thimble.datasets.DataPath;
import thimble.datasets.format.Schema;
import thimble.datasets.format.TableOptions;
import thimble.datasets.format.Unreadable;
import thimble.datasets.quality.Inspection;
import thimble.train.Signature;

/** Options that say which data a command works on. */
final class DataChoice {
    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description = "A data set by name; 'thimble datasets list' shows them.")
    private @Nullable String dataset;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description =
                    "Your own data: a folder with one sub-folder of pictures per class, a CSV file, or IDX files.")
    private @Nullable Path path;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "Column of a CSV file to predict (default: the last).")
    private @Nullable String label;

    @Option(
            names = "--columns",
            paramLabel = "NAME",
            split = ",",
            description = "Columns of a CSV file to use; with a leading minus, to leave out (default: all).")
    private List<String> columns = List.of();

    @Option(
            names = "--group",
            paramLabel = "COLUMN",
            description =
                    "Column of a CSV file whose equal values stay together when data are split, such as a patient.")
    private @Nullable String group;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where named data sets are (default: THIMBLE_DATA, then the user's cache).")
    private @Nullable Path folder;

    /**
     * Data that were chosen and read.
     *
     * @param name name in records and file names
     * @param parts training data, test data if they are apart, decoder if there is one
     * @param origin where they were found, for people
     * @param unreadable files that were left out
     */
    record Chosen(String name, DatasetSource.Parts parts, String origin, List<Unreadable> unreadable) {
        /** Training and test examples in one line. */
        String counts() {
            String train = "%,d train".formatted(parts.train().size());
            return parts.test()
                    .map(test -> train + ", %,d test".formatted(test.size()))
                    .orElse(train + ", no test set");
        }
    }

    /** True if the user said which data. */
    boolean given() {
        return dataset != null || path != null;
    }

    /** Folders in which named data sets are looked for. */
    List<Path> folders() {
        return DataFolders.search(Optional.ofNullable(folder));
    }

    /** Reads the chosen data; without a choice MNIST if it is on this machine, else the embedded glyphs. */
    Chosen read() {
        if (dataset != null && path != null) {
            throw new IllegalArgumentException("expected --dataset or --data but received both");
        }
        if (path != null) {
            return own(path);
        }
        Catalogue catalogue = Catalogue.installed();
        List<Path> folders = folders();
        DatasetSource mnist = catalogue.source("mnist");
        DatasetSource usual = mnist.present(folders) ? mnist : catalogue.source("glyphs");
        Chosen named = named(dataset == null ? usual : catalogue.source(dataset), folders);
        checkNoTable(named.name(), named.parts().train());
        return named;
    }

    /**
     * Reads the chosen data as inputs and targets of a trained model.
     *
     * @throws DataException if they do not look like what the model was trained on
     */
    Chosen like(Signature model) {
        if (path == null) {
            Chosen named = read();
            if (!named.parts().train().example().equals(model.example())) {
                throw new DataException("[" + named.name() + "] expected examples of shape " + model.example()
                        + " but received " + named.parts().train().example());
            }
            return named;
        }
        DataPath read = DataPath.read(path, options().withLike(UnlabelledData.schema(model)));
        return new Chosen(read.parts().train().name(), read.parts(), "read from " + path, read.unreadable());
    }

    /** What can be found in the data without a model; of the user's own pictures the files are looked at as well. */
    Inspection inspect(Chosen chosen) {
        return path == null ? Inspection.of(chosen.parts()) : Inspection.of(chosen.parts(), path, chosen.unreadable());
    }

    /** Refuses options of CSV files for data that are none: they would change nothing. */
    private void checkNoTable(String name, Dataset data) {
        checkAbsent("columns", !columns.isEmpty(), name, data);
        checkAbsent("label", label != null, name, data);
        checkAbsent("group", group != null, name, data);
    }

    private static void checkAbsent(String option, boolean given, String name, Dataset data) {
        if (given) {
            throw new IllegalArgumentException("[" + option + "] expected --data with a CSV file but received '" + name
                    + "' with examples " + data.example() + ", which are read as they are; leave --" + option + " out"
                    + (data.example().rank() == 3 ? ", or let compare take a part of pictures by --crop" : ""));
        }
    }

    /** Reads further data that must look like others, such as a test set. */
    Dataset alike(Path other, Dataset like) {
        DataOptions options = options().withLike(Schema.of(like));
        return DataPath.read(other, options).parts().train();
    }

    private static Chosen named(DatasetSource source, List<Path> folders) {
        String origin = source.info().embedded() ? "embedded" : "found on this machine";
        return new Chosen(source.name(), source.load(folders), origin, List.of());
    }

    private Chosen own(Path place) {
        DataPath read = DataPath.read(place, options());
        if (read.parts().train().size() < 2) {
            throw new DataException(place + ": expected at least 2 examples but received "
                    + read.parts().train().size());
        }
        if (read.parts().train().features().isEmpty()) {
            checkNoTable(read.parts().train().name(), read.parts().train());
        }
        String left = read.unreadable().isEmpty()
                ? ""
                : ", %,d unreadable files left out".formatted(read.unreadable().size());
        return new Chosen(read.parts().train().name(), read.parts(), "read from " + place + left, read.unreadable());
    }

    private DataOptions options() {
        TableOptions table = TableOptions.AUTO.withColumns(columns);
        table = label == null ? table : table.withLabel(label);
        table = group == null ? table : table.withGroup(group);
        return DataOptions.AUTO.withTable(table);
    }
}
