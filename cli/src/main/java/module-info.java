import org.jspecify.annotations.NullMarked;

/** The command line. */
@NullMarked
module thimble.cli {
    requires static org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires io.micronaut.micronaut_core;
    requires io.micronaut.micronaut_inject;
    requires io.micronaut.picocli.micronaut_picocli;
    requires jakarta.annotation;
    requires jakarta.inject;
    requires java.logging;
    requires org.slf4j;
    requires thimble.api;
    requires thimble.benchmarks;
    requires thimble.datasets;

    opens thimble.cli;
}
