import org.jspecify.annotations.NullMarked;

/** Sources of data and tools that look at its quality. */
@NullMarked
module thimble.datasets {
    requires static org.jspecify;
    requires de.siegmar.fastcsv;
    requires java.desktop;
    requires java.net.http;
    requires transitive thimble.api;
}
