/** Readers of file formats: IDX, CIFAR-10, tables of delimited text, folders of pictures. */
package thimble.datasets.format;
