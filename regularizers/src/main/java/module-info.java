import org.jspecify.annotations.NullMarked;

/** Regularizers, one record per method. */
@NullMarked
module thimble.regularizers {
    requires static org.jspecify;
    requires thimble.api;
}
