/** Published claims, one experiment per file, and what tests them here. */
package thimble.benchmarks.experiments;
