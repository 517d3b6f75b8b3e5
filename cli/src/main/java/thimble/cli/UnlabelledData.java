package thimble.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import thimble.data.ArrayDataset;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.Targets;
import thimble.datasets.DataOptions;
import thimble.datasets.DataPath;
import thimble.datasets.format.CsvTable;
import thimble.datasets.format.ImageFolder;
import thimble.datasets.format.ImageOptions;
import thimble.datasets.format.ImageReading;
import thimble.datasets.format.Schema;
import thimble.datasets.format.TableOptions;
import thimble.train.Signature;

/** Examples for a trained model whose labels are unknown or do not matter. */
final class UnlabelledData {
    private static final List<String> PICTURES = List.of("png", "jpg", "jpeg", "gif", "bmp");

    private UnlabelledData() {}

    /** What a model's inputs look like. */
    static Schema schema(Signature model) {
        return new Schema(model.example(), model.features(), model.targets());
    }

    /**
     * Reads one picture, all pictures under a folder, a table with the model's columns, or IDX files.
     *
     * @throws DataException if there is nothing to read, or it does not look like the model's inputs
     */
    static Dataset read(Path path, Signature model) {
        Schema schema = schema(model);
        boolean pictures = model.example().rank() == 3 && model.targets() instanceof Targets.Classes;
        List<Path> files = pictures ? pictures(path) : List.of();
        if (files.isEmpty() && !model.features().isEmpty()) {
            return table(path, schema);
        }
        if (files.isEmpty()) {
            return DataPath.read(path, DataOptions.AUTO.withLike(schema))
                    .parts()
                    .train();
        }
        List<ImageFolder.Labelled> entries =
                files.stream().map(file -> new ImageFolder.Labelled(file, 0)).toList();
        List<String> classes = ((Targets.Classes) model.targets()).names();
        ImageReading read =
                ImageReading.of(path.toString(), new ImageFolder(path, classes, entries), ImageOptions.like(schema));
        if (!read.unreadable().isEmpty()) {
            throw new DataException(read.unreadable().getFirst().reason());
        }
        return read.data();
    }

    private static Dataset table(Path path, Schema schema) {
        List<float[]> rows = CsvTable.examples(path, TableOptions.AUTO.withSchema(schema));
        if (rows.isEmpty()) {
            throw new DataException(path + ": expected at least one row but received none");
        }
        float[][] targets = new float[rows.size()][schema.targets().width()];
        for (float[] target : targets) {
            target[0] = 1; // a valid row of targets that nobody reads
        }
        List<String> origins = IntStream.rangeClosed(1, rows.size())
                .mapToObj(row -> "row " + row)
                .toList();
        return ArrayDataset.of(
                        path.toString(), schema.example(), rows.toArray(float[][]::new), targets, schema.targets())
                .withFeatures(schema.features())
                .withOrigins(origins);
    }

    private static List<Path> pictures(Path path) {
        if (!Files.exists(path)) {
            throw new DataException(
                    path + ": expected pictures, a table or IDX files but there is nothing of this name");
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> PICTURES.contains(ending(file)) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataException(path + ": expected a readable folder but received " + e.getMessage(), e);
        }
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
