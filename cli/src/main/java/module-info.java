import org.jspecify.annotations.NullMarked;

/** The command line. */
@NullMarked
module thimble.cli {
    requires static org.jspecify;
    requires thimble.api;
    requires thimble.benchmarks;
    requires thimble.datasets;
}
