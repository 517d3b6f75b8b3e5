package thimble.benchmarks.reproduction;

import java.util.Map;
import java.util.Optional;
import thimble.benchmarks.Difference;
import thimble.benchmarks.Summary;

/**
 * What the parts of an experiment gave so far, for conclusions over several of them.
 *
 * @param studies summaries by name of the study
 * @param measurements records by name of the measurement
 */
public record Results(Map<String, Summary> studies, Map<String, Records> measurements) {
    /**
     * An arm of a study minus an arm of another, paired by repeat; both must have the same metric, data and size.
     *
     * @return empty if there is no pair yet
     */
    public Optional<Difference> difference(String study, String arm, String other, String otherArm, int size) {
        Optional<Summary> here = Optional.ofNullable(studies.get(study));
        Optional<Summary> there = Optional.ofNullable(studies.get(other));
        return here.flatMap(a -> a.cell(arm, size))
                .flatMap(a -> there.flatMap(b -> b.cell(otherArm, size))
                        .flatMap(b -> Difference.of(
                                a,
                                b,
                                here.get().config().metric(),
                                here.get().config().overlap(),
                                size)));
    }
}
