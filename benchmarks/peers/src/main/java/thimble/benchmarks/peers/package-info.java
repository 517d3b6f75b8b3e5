/** The same work in other frameworks, timed in turns. Not a module: some of them share packages. */
@org.jspecify.annotations.NullMarked
package thimble.benchmarks.peers;
