package thimble.benchmarks;

import java.util.OptionalDouble;

/**
 * An arm against the baseline at one size.
 *
 * @param difference arm minus baseline
 * @param adjusted p after Holm over the methods of this size
 * @param verdict what may be said
 */
public record Against(Difference difference, OptionalDouble adjusted, Verdict verdict) {}
