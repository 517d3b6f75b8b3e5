package thimble.benchmarks.reproduction;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How many examples to learn from, and how often.
 *
 * @param examples number of training examples, or {@link #ALL}
 * @param repeats repeats with other subsets and seeds, at least 1; with folds, how often the data are cut anew
 */
public record Size(int examples, int repeats) {
    /** All examples that every repeat may learn from. */
    public static final int ALL = Integer.MAX_VALUE;

    /** Sizes with their repeats in brackets, ascending. */
    public static String text(List<Size> sizes) {
        return sizes.stream()
                .sorted(Comparator.comparingInt(Size::examples))
                .map(Size::text)
                .collect(Collectors.joining(", "));
    }

    /** A number of examples as in {@code 2,000}. */
    public static String count(int examples) {
        return examples == ALL ? "all" : String.format(Locale.ROOT, "%,d", examples);
    }

    private String text() {
        return count(examples) + " (" + repeats + ")";
    }
}
