package thimble.datasets.format;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import thimble.data.DataException;
import thimble.data.Feature;
import thimble.data.Targets;

/**
 * Which column of a table becomes which numbers of an example.
 *
 * @param features features in order
 * @param sources column of each feature
 * @param label column to predict, if rows have one
 * @param targets what is predicted
 * @param group column of groups, if there is one
 */
record TableLayout(
        List<Feature> features,
        List<Integer> sources,
        Optional<Integer> label,
        Targets targets,
        Optional<Integer> group) {
    /** What the name of a feature ends with that is 1 where the number is missing. */
    static final String INDICATOR = " is missing";

    /** Numbers per example. */
    int width() {
        return features.getLast().first() + features.getLast().width();
    }

    /** The layout that the options and the cells themselves ask for. */
    static TableLayout of(TableScan table, TableOptions options) {
        if (options.schema().isPresent()) {
            return like(table, options, options.schema().get());
        }
        int label = options.label().map(table::column).orElse(table.columns().size() - 1);
        Optional<Integer> group = options.group().map(table::column);
        List<Feature> features = new ArrayList<>();
        List<Integer> sources = new ArrayList<>();
        int first = 0;
        for (int c : used(table, options.columns())) {
            if (c == label || group.isPresent() && group.get() == c) {
                continue;
            }
            ColumnScan column = table.columns().get(c);
            String name = table.names().get(c);
            features.add(new Feature(name, first, column.numeric() ? List.of() : categories(table, c)));
            sources.add(c);
            first += features.getLast().width();
            if (column.numeric() && column.missing()) {
                features.add(new Feature(name + INDICATOR, first++, List.of()));
                sources.add(c);
            }
        }
        if (features.isEmpty()) {
            throw new DataException(table.path() + ": expected at least one column of inputs beside "
                    + table.names().get(label) + " but received none");
        }
        return new TableLayout(
                List.copyOf(features),
                List.copyOf(sources),
                Optional.of(label),
                targets(table, label, options.target()),
                group);
    }

    /** The layout of other data: columns are found by name; the label may be absent. */
    private static TableLayout like(TableScan table, TableOptions options, Schema schema) {
        List<Integer> sources = new ArrayList<>();
        for (Feature feature : schema.features()) {
            String name = feature.name();
            boolean indicator = name.endsWith(INDICATOR) && !table.names().contains(name);
            sources.add(table.column(indicator ? name.substring(0, name.length() - INDICATOR.length()) : name));
        }
        if (sources.isEmpty()) {
            throw new DataException(table.path() + ": expected data like " + schema.example()
                    + ", which is no table, but received a table");
        }
        Optional<Integer> label = options.label().map(table::column).or(() -> {
            int last = table.columns().size() - 1;
            return sources.contains(last) ? Optional.empty() : Optional.of(last);
        });
        return new TableLayout(
                schema.features(),
                List.copyOf(sources),
                label,
                schema.targets(),
                options.group().map(table::column));
    }

    private static Set<Integer> used(TableScan table, List<String> chosen) {
        Set<Integer> used = new LinkedHashSet<>();
        boolean onlyLeftOut = chosen.stream().allMatch(name -> name.startsWith("-"));
        for (int c = 0; onlyLeftOut && c < table.columns().size(); c++) {
            used.add(c);
        }
        for (String name : chosen) {
            if (name.startsWith("-")) {
                used.remove(table.column(name.substring(1)));
            } else {
                used.add(table.column(name));
            }
        }
        return used;
    }

    private static List<String> categories(TableScan table, int c) {
        List<String> categories = table.columns().get(c).distinct();
        String name = table.names().get(c);
        if (categories.isEmpty()) {
            throw new DataException(table.path() + ": expected a value in column '" + name
                    + "' but every cell is missing; leave it out: --columns=-" + name);
        }
        if (categories.size() > ColumnScan.MOST_CATEGORIES) {
            throw new DataException(table.path() + ": expected numbers or at most " + ColumnScan.MOST_CATEGORIES
                    + " different texts in column '" + name + "' but received more; leave it out: --columns=-" + name);
        }
        return categories;
    }

    private static Targets targets(TableScan table, int label, TableOptions.Target kind) {
        ColumnScan column = table.columns().get(label);
        String name = table.names().get(label);
        boolean numbers =
                kind == TableOptions.Target.NUMBERS || kind == TableOptions.Target.AUTO && column.continuous();
        if (numbers && !column.numeric()) {
            throw new DataException(table.path() + ": expected numbers in column '" + name
                    + "' but received texts such as '" + column.distinct().getLast() + "'");
        }
        if (numbers) {
            return new Targets.Numbers(List.of(name));
        }
        List<String> classes = column.distinct();
        if (classes.size() < 2 || classes.size() > ColumnScan.MOST_CATEGORIES) {
            throw new DataException(table.path() + ": expected 2 to " + ColumnScan.MOST_CATEGORIES
                    + " classes in column '" + name + "' but received " + (classes.size() < 2 ? classes : "more")
                    + "; --label names the column to predict");
        }
        return new Targets.Classes(classes);
    }
}
