/** Named data sets of numbers and categories, and of sequences. */
package thimble.datasets.tables;
