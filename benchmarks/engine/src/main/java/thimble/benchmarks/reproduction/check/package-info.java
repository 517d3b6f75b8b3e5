/** Findings drawn from the cells of a study: levels, gains, ratios, and what was published beside them. */
package thimble.benchmarks.reproduction.check;
