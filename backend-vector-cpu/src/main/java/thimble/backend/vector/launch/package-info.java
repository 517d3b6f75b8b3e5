/** What a program is made of when it runs: kernels bound to memory, and the threads that share them. */
package thimble.backend.vector.launch;
