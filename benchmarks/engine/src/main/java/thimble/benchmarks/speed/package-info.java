/** How fast a backend is on this machine: kernels and training steps beside loops of multiply-adds timed in the same moments. */
package thimble.benchmarks.speed;
