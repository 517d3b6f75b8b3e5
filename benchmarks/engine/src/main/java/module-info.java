import org.jspecify.annotations.NullMarked;

/** Fair comparisons of methods: trials, tuning, statistics and the report. */
@NullMarked
module thimble.benchmarks {
    requires static org.jspecify;
    requires transitive com.fasterxml.jackson.databind;
    requires org.apache.commons.statistics.distribution;
    requires transitive thimble.api;

    exports thimble.benchmarks;
    exports thimble.benchmarks.report;
    exports thimble.benchmarks.statistics;
}
