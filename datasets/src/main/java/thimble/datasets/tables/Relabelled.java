package thimble.datasets.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import thimble.datasets.format.RowFilter;

/** Rows whose class codes become words. */
final class Relabelled {
    private Relabelled() {}

    /** Replaces the last cell; codes without a word stay. */
    static RowFilter last(Map<String, String> words) {
        return cells -> {
            List<String> changed = new ArrayList<>(cells);
            String code = changed.removeLast();
            changed.add(words.getOrDefault(code, code));
            return changed;
        };
    }
}
