package thimble.benchmarks.reproduction.check;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import thimble.benchmarks.Difference;
import thimble.benchmarks.Summary;
import thimble.benchmarks.reproduction.Check;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Rules;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Interval;

/**
 * The largest increase of the metric over all sizes, as a share of the other's mean in percent; holds where its interval reaches what is claimed,
 * partly where it excludes 0 ({@link Rules#reaches}). The interval is that of one size and not widened for having chosen the largest.
 *
 * @param label what the row is called
 * @param arm spec of the arm, as in the study
 * @param over spec of the other
 * @param claimed the claimed increase in percent
 */
public record RelativeIncrease(String label, String arm, String over, double claimed) implements Check {
    private record At(int size, double increase, Optional<Interval> interval) {}

    @Override
    public List<Finding> findings(Summary summary) {
        Optional<At> largest = summary.config().sizes().stream()
                .flatMap(size -> at(summary, size).stream())
                .max(Comparator.comparingDouble(At::increase));
        OptionalDouble published = OptionalDouble.of(claimed);
        if (largest.isEmpty()) {
            return List.of(Finding.open(label, Unit.PERCENT, published));
        }
        Outcome outcome =
                largest.get().interval().map(ci -> Rules.reaches(ci, claimed)).orElse(Outcome.REPORTED);
        return List.of(Finding.judged(
                        label,
                        Unit.PERCENT,
                        largest.get().increase(),
                        largest.get().interval(),
                        published,
                        outcome)
                .remark("at n = " + largest.get().size()));
    }

    private Optional<At> at(Summary summary, int size) {
        return summary.difference(arm, over, size)
                .flatMap(difference -> summary.cell(over, size).map(cell -> at(size, difference, 100 / cell.mean())));
    }

    private static At at(int size, Difference difference, double scale) {
        return new At(
                size,
                difference.mean() * scale,
                Optional.of(difference.ci()).filter(_ -> difference.pairs() > 1).map(ci -> ci.times(scale)));
    }
}
