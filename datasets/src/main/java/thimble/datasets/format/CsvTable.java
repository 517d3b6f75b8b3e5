package thimble.datasets.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import thimble.data.ArrayDataset;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.Feature;
import thimble.data.Targets;
import thimble.tensor.Shape;

/**
 * Tables of delimited text: numbers stay numbers, other columns become one number per category (one-hot). Missing cells (empty, ?, NA, NaN,
 * null) become NaN in columns of numbers, which get a further column "NAME is missing" of 0 and 1, and zeros in columns of categories.
 * A file is read twice, first to find out what the columns hold, so that memory is needed for the numbers only.
 */
public final class CsvTable {
    private final Path path;
    private final TableLayout layout;
    private final List<Map<String, Integer>> categories = new ArrayList<>();
    private final Map<String, Integer> classes = new TreeMap<>();
    private final List<float[]> examples = new ArrayList<>();
    private final List<float[]> targets = new ArrayList<>();
    private final List<String> origins = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();

    private CsvTable(Path path, TableLayout layout) {
        this.path = path;
        this.layout = layout;
        for (Feature feature : layout.features()) {
            categories.add(numbered(feature.categories()));
        }
        if (layout.targets() instanceof Targets.Classes named) {
            classes.putAll(numbered(named.names()));
        }
    }

    /**
     * Reads a table with labels.
     *
     * @throws DataException if the file is damaged or not as the options say; the text names the line
     * @throws IllegalArgumentException if the options name a column that does not exist
     */
    public static Dataset read(String name, Path path, TableOptions options) {
        return read(name, path, options, RowFilter.NONE);
    }

    /** Reads a table with labels whose rows must be tidied before. */
    public static Dataset read(String name, Path path, TableOptions options, RowFilter filter) {
        CsvTable table = filled(path, options, filter, true);
        ArrayDataset data = ArrayDataset.of(
                        name,
                        Shape.of(table.layout.width()),
                        table.examples.toArray(float[][]::new),
                        table.targets.toArray(float[][]::new),
                        table.layout.targets())
                .withFeatures(table.layout.features())
                .withOrigins(table.origins);
        return table.groups.isEmpty() ? data : data.withGroups(table.groups);
    }

    /** Reads the examples alone, as the schema in the options says; a label column may be absent. */
    public static List<float[]> examples(Path path, TableOptions options) {
        return Collections.unmodifiableList(filled(path, options, RowFilter.NONE, false).examples);
    }

    private static CsvTable filled(Path path, TableOptions options, RowFilter filter, boolean labelled) {
        TableScan scan = TableScan.of(path, options, filter);
        CsvTable table = new CsvTable(path, TableLayout.of(scan, options));
        if (labelled && table.layout.label().isEmpty()) {
            throw new DataException(
                    path + ": expected a label column beside the inputs but received only " + scan.names());
        }
        scan.forEach((line, cells) -> table.add(line, cells, labelled));
        return table;
    }

    private void add(long line, List<String> cells, boolean labelled) {
        float[] example = new float[layout.width()];
        for (int f = 0; f < layout.features().size(); f++) {
            Feature feature = layout.features().get(f);
            String cell = cells.get(layout.sources().get(f));
            if (feature.categorical()) {
                Integer category = categories.get(f).get(cell);
                if (category != null) {
                    example[feature.first() + category] = 1;
                }
            } else if (indicator(f)) {
                example[feature.first()] = Cells.missing(cell) ? 1 : 0;
            } else {
                example[feature.first()] = Cells.missing(cell) ? Float.NaN : number(line, feature.name(), cell);
            }
        }
        examples.add(example);
        if (labelled) {
            targets.add(target(line, cells.get(layout.label().orElseThrow())));
            origins.add(path.getFileName() + ":" + line);
            layout.group().ifPresent(column -> groups.add(cells.get(column)));
        }
    }

    /** A further number from the column before tells whether that is missing. */
    private boolean indicator(int f) {
        return f > 0
                && layout.sources().get(f).equals(layout.sources().get(f - 1))
                && layout.features().get(f).name().endsWith(TableLayout.INDICATOR);
    }

    private float[] target(long line, String cell) {
        float[] row = new float[layout.targets().width()];
        switch (layout.targets()) {
            case Targets.Classes named -> {
                Integer number = classes.get(cell);
                if (number == null) {
                    throw new DataException(path + ": line " + line + ": expected a class of " + named.names()
                            + " but received '" + cell + "'");
                }
                row[number] = 1;
            }
            case Targets.Numbers numbers ->
                row[0] = number(line, numbers.names().getFirst(), cell);
        }
        return row;
    }

    private float number(long line, String column, String cell) {
        return (float) Cells.number(cell)
                .orElseThrow(() -> new DataException(path + ": line " + line + ": expected a number in column '"
                        + column + "' but received '" + cell + "'"));
    }

    private static Map<String, Integer> numbered(List<String> names) {
        Map<String, Integer> numbers = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            numbers.put(names.get(i), i);
        }
        return numbers;
    }
}
