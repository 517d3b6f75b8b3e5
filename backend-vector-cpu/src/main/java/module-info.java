import org.jspecify.annotations.NullMarked;

/** The CPU backend: SIMD kernels on the Vector API. */
@NullMarked
module thimble.backend.vector {
    requires static org.jspecify;
    requires java.management;
    requires jdk.incubator.vector;
    requires transitive thimble.api;

    exports thimble.backend.vector;

    provides thimble.backend.Backend with
            thimble.backend.vector.VectorBackend;
}
