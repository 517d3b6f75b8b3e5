/** Products, convolutions and their adjoints: calls of generated register tiles through tables of offsets. */
package thimble.backend.vector.contraction;
