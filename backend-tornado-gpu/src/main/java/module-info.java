import org.jspecify.annotations.NullMarked;

/** The GPU backend: generated OpenCL C kernels, run by the driver through the JDK's foreign functions, or by TornadoVM. */
@NullMarked
module thimble.backend.gpu {
    requires static org.jspecify;
    requires static tornado.api;
    requires transitive thimble.api;

    exports thimble.backend.gpu;

    provides thimble.backend.Backend with
            thimble.backend.gpu.GpuBackend;
}
