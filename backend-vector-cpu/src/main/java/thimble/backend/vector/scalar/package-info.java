/** Plain loops over heap arrays, for a JVM without the Vector API and for the few nodes that have no kernel. */
package thimble.backend.vector.scalar;
