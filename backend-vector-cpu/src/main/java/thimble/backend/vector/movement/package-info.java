/** Kernels that move, combine or fill whole rows of examples. */
package thimble.backend.vector.movement;
