package thimble.benchmarks.reproduction.check;

import java.util.List;
import java.util.OptionalDouble;
import thimble.benchmarks.Summary;
import thimble.benchmarks.reproduction.Check;
import thimble.benchmarks.reproduction.Finding;

/**
 * The mean of an arm at a size beside a number that was published for other conditions, so that neither judges the other.
 *
 * @param label what the row is called
 * @param arm spec of the arm, as in the study
 * @param size number of training examples
 * @param published the published number, in percent where the metric is a share
 */
public record Beside(String label, String arm, int size, double published) implements Check {
    @Override
    public List<Finding> findings(Summary summary) {
        return Level.of(label, arm, size).findings(summary).stream()
                .map(row -> new Finding(
                        row.label(),
                        row.unit(),
                        row.ours(),
                        row.interval(),
                        OptionalDouble.of(published),
                        row.outcome(),
                        "published for a larger network and a longer training"))
                .toList();
    }
}
