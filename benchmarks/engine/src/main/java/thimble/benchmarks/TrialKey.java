package thimble.benchmarks;

/**
 * Which trial of a comparison: no two share all three.
 *
 * @param methods spec of the methods as given
 * @param size total number of training examples
 * @param repeat number of the repeat, from 1
 */
public record TrialKey(String methods, int size, int repeat) {}
