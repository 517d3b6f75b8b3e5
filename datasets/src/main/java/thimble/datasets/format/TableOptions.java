package thimble.datasets.format;

import java.util.List;
import java.util.Optional;

/**
 * How a table is read.
 *
 * @param label name of the column to predict; the last one if absent
 * @param columns names of the columns to use, or with a leading minus to leave out; all if empty
 * @param group name of the column whose equal values belong together; never an input
 * @param target whether the label column holds classes or numbers
 * @param header whether the first row holds names
 * @param names names of the columns, if the file has none; "column 1", … if empty
 * @param quote character around texts
 * @param schema columns and classes to expect, if the rows shall look like those of another table
 */
public record TableOptions(
        Optional<String> label,
        List<String> columns,
        Optional<String> group,
        Target target,
        Header header,
        List<String> names,
        char quote,
        Optional<Schema> schema) {
    /** Everything found out from the file. */
    public static final TableOptions AUTO = new TableOptions(
            Optional.empty(), List.of(), Optional.empty(), Target.AUTO, Header.AUTO, List.of(), '"', Optional.empty());

    /** Copies the columns. */
    public TableOptions {
        columns = List.copyOf(columns);
        names = List.copyOf(names);
    }

    /** What the label column holds; AUTO means numbers if all are numbers and one has a fraction or more than 20 differ, else classes. */
    public enum Target {
        AUTO,
        CLASSES,
        NUMBERS
    }

    /** Whether the first row holds names; AUTO means yes if its cells are distinct texts that do not come again in their columns. */
    public enum Header {
        AUTO,
        PRESENT,
        ABSENT
    }

    /** The same with another label column. */
    public TableOptions withLabel(String name) {
        return new TableOptions(Optional.of(name), columns, group, target, header, names, quote, schema);
    }

    /** The same with chosen columns. */
    public TableOptions withColumns(List<String> chosen) {
        return new TableOptions(label, chosen, group, target, header, names, quote, schema);
    }

    /** The same with a group column. */
    public TableOptions withGroup(String name) {
        return new TableOptions(label, columns, Optional.of(name), target, header, names, quote, schema);
    }

    /** The same with another kind of target. */
    public TableOptions withTarget(Target kind) {
        return new TableOptions(label, columns, group, kind, header, names, quote, schema);
    }

    /** The same with or without a row of names. */
    public TableOptions withHeader(Header presence) {
        return new TableOptions(label, columns, group, target, presence, names, quote, schema);
    }

    /** The same for a file without a row of names. */
    public TableOptions withNames(List<String> given) {
        return new TableOptions(label, columns, group, target, Header.ABSENT, given, quote, schema);
    }

    /** The same with another quote character. */
    public TableOptions withQuote(char character) {
        return new TableOptions(label, columns, group, target, header, names, character, schema);
    }

    /** The same with the schema of other data. */
    public TableOptions withSchema(Schema expected) {
        return new TableOptions(label, columns, group, target, header, names, quote, Optional.of(expected));
    }
}
