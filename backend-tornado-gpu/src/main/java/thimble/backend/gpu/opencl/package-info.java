/** OpenCL by the JDK's foreign functions, without any other library. */
package thimble.backend.gpu.opencl;
