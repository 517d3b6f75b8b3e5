/** Named data sets of pictures. */
package thimble.datasets.pictures;
