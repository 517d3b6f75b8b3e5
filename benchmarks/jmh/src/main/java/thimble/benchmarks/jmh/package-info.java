/** Kernels and steps under JMH, each in JVMs of its own. */
package thimble.benchmarks.jmh;
