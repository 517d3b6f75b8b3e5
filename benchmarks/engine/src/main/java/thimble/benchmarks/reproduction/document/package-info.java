/** A reproduction as text, pictures and JSON. */
package thimble.benchmarks.reproduction.document;
