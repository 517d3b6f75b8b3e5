package thimble.benchmarks.reproduction;

import java.util.List;
import java.util.Optional;
import thimble.benchmarks.Summary;

/**
 * What a part of an experiment gave so far.
 *
 * @param part the part
 * @param findings its rows
 * @param done trainings or runs done
 * @param planned trainings or runs in all
 * @param summary the comparison, if it is one
 */
public record PartResult(Part part, List<Finding> findings, int done, int planned, Optional<Summary> summary) {
    /** Copies the rows. */
    public PartResult {
        findings = List.copyOf(findings);
    }
}
