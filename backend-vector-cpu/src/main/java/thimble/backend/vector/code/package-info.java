/** Vector instructions as bytecode, and the elementary functions in it. */
package thimble.backend.vector.code;
