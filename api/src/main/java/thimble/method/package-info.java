/** Methods as records: discovery, parsing and printing of specs such as {@code spectreg:lambda=5e-4}. */
package thimble.method;
