/** Elementwise groups with reductions at their ends: one generated class for each structure. */
package thimble.backend.vector.fused;
