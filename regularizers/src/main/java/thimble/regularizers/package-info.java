/** Regularizers: each record is one published method, its components are the method's parameters. */
package thimble.regularizers;
