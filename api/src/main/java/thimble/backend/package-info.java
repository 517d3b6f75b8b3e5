/** Graphs, the contract of backends, and the planning passes that backends share. */
package thimble.backend;
