/** Tensors as graph nodes, the closed set of primitives, and the functions on them: shape rules, gradients, rewriting. */
package thimble.tensor;
