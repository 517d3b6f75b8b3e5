/** Bindings for Guice, for applications that use it. */
package thimble.inject;
