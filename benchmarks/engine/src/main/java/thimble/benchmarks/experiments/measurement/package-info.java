/** What experiments measure beside the accuracy of methods, such as norms of gradients, curves over epochs or spread of decay. */
package thimble.benchmarks.experiments.measurement;
