package thimble.benchmarks.reproduction;

/** A part of an experiment with a table of its own. */
public sealed interface Part permits Study, Measurement {
    /** Name in the folder of results, unique in the experiment: lower case, digits and hyphens. */
    String name();

    /** What is asked, as the heading of the table. */
    String title();
}
