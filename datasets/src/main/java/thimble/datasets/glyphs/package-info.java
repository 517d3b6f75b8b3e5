/** Digits drawn from stroke skeletons, with the known function from their latent factors. */
package thimble.datasets.glyphs;
