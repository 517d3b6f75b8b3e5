package thimble.benchmarks.reproduction;

import java.util.List;
import java.util.stream.Stream;
import thimble.benchmarks.Environment;
import thimble.benchmarks.report.Plot;

/**
 * What an experiment gave so far.
 *
 * @param experiment the experiment
 * @param form how much was run
 * @param parts its parts in the order run
 * @param conclusions rows over several parts
 * @param plots figures that are no learning curves
 * @param environment of the latest session
 * @param seconds time of all sessions together
 */
public record Reproduction(
        Experiment experiment,
        Form form,
        List<PartResult> parts,
        List<Finding> conclusions,
        List<Plot> plots,
        Environment environment,
        double seconds) {
    /** Copies the lists. */
    public Reproduction {
        parts = List.copyOf(parts);
        conclusions = List.copyOf(conclusions);
        plots = List.copyOf(plots);
    }

    /** True if nothing is left to run. */
    public boolean complete() {
        return parts.stream().allMatch(part -> part.done() == part.planned());
    }

    /** All rows. */
    public List<Finding> findings() {
        return Stream.concat(parts.stream().flatMap(part -> part.findings().stream()), conclusions.stream())
                .toList();
    }

    /** How many rows have an outcome. */
    public long count(Outcome outcome) {
        return findings().stream()
                .filter(finding -> finding.outcome() == outcome)
                .count();
    }
}
