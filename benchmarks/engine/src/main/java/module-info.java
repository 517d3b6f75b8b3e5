import org.jspecify.annotations.NullMarked;

/** Fair comparisons of methods: trials, tuning, statistics and the report. */
@NullMarked
module thimble.benchmarks {
    requires static org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires org.apache.commons.statistics.distribution;
    requires org.apache.commons.statistics.inference;
    requires transitive thimble.api;
}
