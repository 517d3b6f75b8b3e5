/** Statistics of paired repeats: intervals, tests, corrections, effect sizes and distances between learning curves. */
package thimble.benchmarks.statistics;
