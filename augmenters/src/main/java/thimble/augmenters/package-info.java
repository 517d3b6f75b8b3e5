/** Augmenters and synthesizers: each record is one method, its components are the method's parameters. */
package thimble.augmenters;
