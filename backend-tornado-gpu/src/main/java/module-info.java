import org.jspecify.annotations.NullMarked;

/** The GPU backend. */
@NullMarked
module thimble.backend.gpu {
    requires static org.jspecify;
    requires thimble.api;
}
