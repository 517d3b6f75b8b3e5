/** What runs kernels, whatever its interface: runtimes, devices, memory, launches. */
package thimble.backend.gpu.device;
