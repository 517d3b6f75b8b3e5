package thimble.data;

import java.util.List;

/**
 * One column of a table as it stands in the features of an example.
 *
 * @param name name of the column
 * @param first position of its first number in the example
 * @param categories the categories if the column is one-hot coded over as many numbers, empty for a plain number
 */
public record Feature(String name, int first, List<String> categories) {
    /** Copies the categories. */
    public Feature {
        categories = List.copyOf(categories);
    }

    /** How many numbers of the example belong to this column. */
    public int width() {
        return Math.max(1, categories.size());
    }

    /** True for a one-hot coded column. */
    public boolean categorical() {
        return !categories.isEmpty();
    }
}
