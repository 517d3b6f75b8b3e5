import org.jspecify.annotations.NullMarked;

/** The same work in other frameworks, timed in turns. */
@NullMarked
module thimble.benchmarks.peers {
    requires ai.djl.api;
    requires java.management;
    requires static org.jspecify;
    requires thimble.api;
    requires thimble.benchmarks;
}
