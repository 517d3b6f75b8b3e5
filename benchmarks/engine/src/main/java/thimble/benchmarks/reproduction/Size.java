package thimble.benchmarks.reproduction;

/**
 * How many examples to learn from, and how often.
 *
 * @param examples number of training examples, or {@link #ALL}
 * @param repeats repeats with other subsets and seeds, at least 1; with folds, how often the data are cut anew
 */
public record Size(int examples, int repeats) {
    /** All examples that every repeat may learn from. */
    public static final int ALL = Integer.MAX_VALUE;
}
