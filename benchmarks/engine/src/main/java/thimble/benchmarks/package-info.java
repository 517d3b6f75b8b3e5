/** Fair comparisons of methods: what is compared, trials and their store, tuning, and the summary. */
package thimble.benchmarks;
