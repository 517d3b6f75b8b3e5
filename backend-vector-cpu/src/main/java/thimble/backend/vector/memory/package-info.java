/** Native memory and how values lie in it: examples innermost, matrices, variables, and the way to heap arrays and back. */
package thimble.backend.vector.memory;
