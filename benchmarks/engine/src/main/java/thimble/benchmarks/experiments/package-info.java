/** Named experiments: published claims, what tests them here, and ours beside published. */
package thimble.benchmarks.experiments;
