package thimble.datasets.format;

import java.util.List;

/** Tidies the rows of a file that is almost a table, before anything else looks at them. */
@FunctionalInterface
public interface RowFilter {
    /** Leaves rows as they are. */
    RowFilter NONE = cells -> cells;

    /** The cells that stand for this row; an empty list leaves it out. */
    List<String> apply(List<String> cells);
}
