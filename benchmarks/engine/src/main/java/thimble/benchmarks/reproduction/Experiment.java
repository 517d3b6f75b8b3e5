package thimble.benchmarks.reproduction;

import java.time.Duration;
import java.util.List;
import thimble.benchmarks.report.Plot;

/** A published claim and what tests it here. */
public interface Experiment {
    /** Name on the command line, such as {@code mnist-gradient-tables}. */
    String name();

    /** Short name; experiments with the same letter belong together and run one after another. */
    String letter();

    /** What is claimed, as a heading. */
    String title();

    /** Who published it and where. */
    String source();

    /** What differs from the publication and what was cut to fit two cores, in sentences. */
    String differences();

    /** How long it takes on two cores. */
    Duration expected(Form form);

    /** The parts in the order run: what matters first. */
    List<Part> parts(Form form);

    /** Rows that need several parts. */
    default List<Finding> conclusions(Results results) {
        return List.of();
    }

    /** Figures that are no learning curves; one with the name of a part stands below its table. */
    default List<Plot> plots(Results results) {
        return List.of();
    }
}
