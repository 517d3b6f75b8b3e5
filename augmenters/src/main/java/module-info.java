import org.jspecify.annotations.NullMarked;

/** Augmenters and synthesizers, one record per method. */
@NullMarked
module thimble.augmenters {
    requires static org.jspecify;
    requires thimble.api;
}
