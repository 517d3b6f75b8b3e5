/** Kernels as prebuilt tasks of TornadoVM, which reaches the device through an OpenCL driver. */
package thimble.backend.gpu.tornado;
