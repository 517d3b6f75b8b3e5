/** Data sets by name and by path: the catalogue, where files are looked for, downloads. */
package thimble.datasets;
