/** Learners that are no networks, by a library: what every network must be compared with. */
package thimble.benchmarks.anchors;
