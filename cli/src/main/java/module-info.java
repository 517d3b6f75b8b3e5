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
    requires jakarta.annotation; // Micronaut is automatic and cannot name it
    requires jakarta.inject;
    requires org.slf4j; // likewise
    requires thimble.api;
    requires thimble.benchmarks;
    requires thimble.datasets;

    opens thimble.cli;
}
