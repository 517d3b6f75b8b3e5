package thimble.benchmarks.reproduction;

import java.util.List;
import thimble.benchmarks.Summary;

/** Reads rows off a comparison; rows whose trials did not run yet are {@link Outcome#OPEN}. */
@FunctionalInterface
public interface Check {
    /** The rows, in the order shown. */
    List<Finding> findings(Summary summary);
}
