/** Data sets, their views and splits, preprocessing, and the contracts of sources, decoders, augmenters and synthesizers. */
package thimble.data;
