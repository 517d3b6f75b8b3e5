package thimble.datasets.format;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** What one column of a table holds. */
final class ColumnScan {
    /** More different texts than this are no categories. */
    static final int MOST_CATEGORIES = 1000;

    private static final int MOST_CLASS_NUMBERS = 20;

    private final String first;
    private final Set<String> distinct = new TreeSet<>(Cells.order());
    private boolean numeric = true;
    private boolean integral = true;
    private boolean missing;
    private boolean repeatsFirst;

    /** Scans a column whose first row, perhaps its name, is this. */
    ColumnScan(String first) {
        this.first = first;
    }

    /** Takes a cell into account. */
    void add(String cell) {
        repeatsFirst |= cell.equals(first);
        if (Cells.missing(cell)) {
            missing = true;
            return;
        }
        OptionalDouble number = Cells.number(cell);
        numeric &= number.isPresent();
        integral &= number.isPresent() && number.getAsDouble() == Math.rint(number.getAsDouble());
        if (distinct.size() <= MOST_CATEGORIES) {
            distinct.add(cell);
        }
    }

    /** The cell of the first row. */
    String first() {
        return first;
    }

    /** True if the first row could be the name of this column. */
    boolean named() {
        return !Cells.missing(first) && Cells.number(first).isEmpty() && !repeatsFirst;
    }

    /** True if all present cells are numbers and there is one. */
    boolean numeric() {
        return numeric && !distinct.isEmpty();
    }

    /** True if a cell is missing. */
    boolean missing() {
        return missing;
    }

    /** True if, as a label, this column is to be predicted as a number. */
    boolean continuous() {
        return numeric() && (!integral || distinct.size() > MOST_CLASS_NUMBERS);
    }

    /** The different present cells in order; at most one more than {@link #MOST_CATEGORIES}. */
    List<String> distinct() {
        return List.copyOf(distinct);
    }
}
