/** Layers as values, the scope that names their parameters, and ready models. */
package thimble.nn;
