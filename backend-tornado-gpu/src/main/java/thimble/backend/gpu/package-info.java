/** The GPU backend: a graph as OpenCL C kernels over one piece of device memory. */
package thimble.backend.gpu;
