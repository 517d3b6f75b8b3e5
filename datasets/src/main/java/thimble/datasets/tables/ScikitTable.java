package thimble.datasets.tables;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thimble.data.Dataset;
import thimble.datasets.format.CsvTable;
import thimble.datasets.format.RowFilter;
import thimble.datasets.format.TableOptions;

/** Tables in the form of scikit-learn: a first line of counts and class names, then numbers, the class number last. */
final class ScikitTable {
    private ScikitTable() {}

    static Dataset read(String name, Path path, List<String> columns, List<String> classes) {
        Map<String, String> words = new LinkedHashMap<>();
        for (int c = 0; c < classes.size(); c++) {
            words.put(Integer.toString(c), classes.get(c));
        }
        RowFilter relabelled = Relabelled.last(words);
        RowFilter filter = cells ->
                cells.size() > 2 && Character.isLetter(cells.get(2).charAt(0)) ? List.of() : relabelled.apply(cells);
        List<String> names = new ArrayList<>(columns);
        names.add("class");
        return CsvTable.read(name, path, TableOptions.AUTO.withNames(names), filter);
    }
}
