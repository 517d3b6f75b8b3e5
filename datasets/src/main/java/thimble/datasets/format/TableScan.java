package thimble.datasets.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import thimble.data.DataException;
import thimble.method.Methods;

/**
 * What a table holds, found in one pass.
 *
 * @param path the file
 * @param rows how to visit it
 * @param filter what tidies the rows
 * @param header true if the first row holds names
 * @param names names of the columns
 * @param columns what each column holds
 */
record TableScan(
        Path path, CsvRows rows, RowFilter filter, boolean header, List<String> names, List<ColumnScan> columns) {
    static TableScan of(Path path, TableOptions options, RowFilter filter) {
        CsvRows rows = CsvRows.of(path, options.quote());
        List<ColumnScan> columns = new ArrayList<>();
        long[] count = new long[1];
        visit(path, rows, filter, (_, cells) -> {
            if (columns.isEmpty()) {
                cells.forEach(cell -> columns.add(new ColumnScan(cell)));
            } else {
                for (int c = 0; c < cells.size(); c++) {
                    columns.get(c).add(cells.get(c));
                }
            }
            count[0]++;
        });
        boolean header = switch (options.header()) {
            case PRESENT -> true;
            case ABSENT -> false;
            case AUTO -> count[0] > 1 && columns.stream().allMatch(ColumnScan::named) && distinct(columns);
        };
        if (!header) {
            columns.forEach(column -> column.add(column.first()));
        }
        long size = Math.max(0, count[0] - (header ? 1 : 0));
        if (columns.size() < 2 || size < 1) {
            throw new DataException(
                    path + ": line " + count[0] + ": expected a table of at least two columns and one row but received "
                            + columns.size() + " columns and " + size + " rows");
        }
        if (header && !distinct(columns)) {
            throw new DataException(path + ": line 1: expected distinct names but received "
                    + columns.stream().map(ColumnScan::first).toList());
        }
        return new TableScan(path, rows, filter, header, names(path, options, header, columns), List.copyOf(columns));
    }

    /** Visits the tidied rows below the header. */
    void forEach(CsvRows.Visitor visitor) {
        boolean[] skip = {header};
        visit(path, rows, filter, (line, cells) -> {
            if (!skip[0]) {
                visitor.row(line, cells);
            }
            skip[0] = false;
        });
    }

    /**
     * Position of a column.
     *
     * @throws IllegalArgumentException if there is no such column; the text says what exists
     */
    int column(String name) {
        int at = names.indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException(
                    "[" + path.getFileName() + "] " + Methods.unknown("column", name, names));
        }
        return at;
    }

    private static void visit(Path path, CsvRows rows, RowFilter filter, CsvRows.Visitor visitor) {
        int[] width = {0};
        rows.forEach((line, raw) -> {
            List<String> cells = filter.apply(raw);
            if (cells.isEmpty()) {
                return;
            }
            if (width[0] != 0 && cells.size() != width[0]) {
                throw new DataException(path + ": line " + line + ": expected " + width[0]
                        + " cells as in the first row but received " + cells.size());
            }
            width[0] = cells.size();
            visitor.row(line, cells);
        });
    }

    private static List<String> names(Path path, TableOptions options, boolean header, List<ColumnScan> columns) {
        if (header) {
            return columns.stream().map(ColumnScan::first).toList();
        }
        if (options.names().isEmpty()) {
            return IntStream.rangeClosed(1, columns.size())
                    .mapToObj(c -> "column " + c)
                    .toList();
        }
        if (options.names().size() != columns.size()) {
            throw new DataException(
                    path + ": line 1: expected " + options.names().size() + " cells, one per name of " + options.names()
                            + ", but received " + columns.size());
        }
        return options.names();
    }

    private static boolean distinct(List<ColumnScan> columns) {
        return new HashSet<>(columns.stream().map(ColumnScan::first).toList()).size() == columns.size();
    }
}
