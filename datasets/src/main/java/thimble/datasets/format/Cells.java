package thimble.datasets.format;

import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.Set;

/** Meaning of a cell of a table. */
final class Cells {
    private static final Set<String> MISSING = Set.of("", "?", "NA", "N/A", "nan", "NaN", "NAN", "null", "NULL");

    private Cells() {}

    /** True for the usual marks of a missing value. */
    static boolean missing(String cell) {
        return MISSING.contains(cell);
    }

    /** The number in a cell; empty for any other text, and for numbers beyond a float. */
    static OptionalDouble number(String cell) {
        if (cell.isEmpty() || cell.length() > 64 || !numeric(cell)) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(cell);
            return Math.abs(value) <= Float.MAX_VALUE ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }

    /** Numbers by value, before texts by letters. */
    static Comparator<String> order() {
        return Comparator.comparingDouble((String cell) -> number(cell).orElse(Double.POSITIVE_INFINITY))
                .thenComparing(Comparator.naturalOrder());
    }

    private static boolean numeric(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
