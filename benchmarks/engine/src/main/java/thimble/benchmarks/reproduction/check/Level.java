package thimble.benchmarks.reproduction.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Metric;
import thimble.benchmarks.Summary;
import thimble.benchmarks.reproduction.Check;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Rules;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Interval;

/**
 * The mean of an arm at a size beside a published number: holds within the tolerance or better ({@link Rules#level}).
 *
 * @param label what the row is called
 * @param arm spec of the arm, as in the study
 * @param size number of training examples
 * @param published the number, in percent where the metric is a share; none where nobody published one
 */
public record Level(String label, String arm, int size, Optional<Published> published) implements Check {
    /** A row with a published number. */
    public static Level of(String label, String arm, int size, double published, double tolerance) {
        return new Level(label, arm, size, Optional.of(new Published(published, tolerance)));
    }

    /** A row that nobody published. */
    public static Level of(String label, String arm, int size) {
        return new Level(label, arm, size, Optional.empty());
    }

    @Override
    public List<Finding> findings(Summary summary) {
        Metric metric = summary.config().metric();
        Unit unit = metric.fraction() ? Unit.PERCENT : Unit.NUMBER;
        double scale = metric.fraction() ? 100 : 1;
        OptionalDouble number =
                published.map(Published::value).map(OptionalDouble::of).orElse(OptionalDouble.empty());
        Optional<Cell> cell = summary.cell(arm, size);
        if (cell.isEmpty()) {
            return List.of(Finding.open(label, unit, number));
        }
        double ours = cell.get().mean() * scale;
        Optional<Interval> interval = cell.filter(c -> c.trials().size() > 1).map(c -> c.ci().times(scale));
        if (published.isEmpty()) {
            return List.of(Finding.reported(label, unit, ours, interval));
        }
        double sign = metric.rising() ? 1 : -1;
        double bound = sign * published.get().value() - published.get().tolerance();
        Outcome outcome = Rules.level(sign * ours, interval.map(ci -> ci.times(sign)), bound);
        return List.of(Finding.judged(label, unit, ours, interval, number, outcome));
    }
}
