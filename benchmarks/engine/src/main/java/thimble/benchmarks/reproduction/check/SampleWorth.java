package thimble.benchmarks.reproduction.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Summary;
import thimble.benchmarks.report.SamplesSaved;
import thimble.benchmarks.reproduction.Check;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Rules;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Interval;

/**
 * How many samples of another arm one sample of this arm is worth: k such that the other has at k·n the error that this one has at n, read off
 * its learning curve; with a percentile bootstrap interval over repeats.
 *
 * @param label what the row is called
 * @param arm spec of the arm, as in the study
 * @param over spec of the other, measured at more sizes than n
 * @param size n
 * @param least k from which the claim holds; none to report it
 * @param published the published k, if there is one
 */
public record SampleWorth(
        String label, String arm, String over, int size, OptionalDouble least, OptionalDouble published)
        implements Check {
    @Override
    public List<Finding> findings(Summary summary) {
        List<Cell> curve = summary.config().sizes().stream()
                .flatMap(s -> summary.cell(over, s).stream())
                .toList();
        Optional<Cell> cell = summary.cell(arm, size);
        if (curve.size() < 2 || cell.isEmpty()) {
            return List.of(Finding.open(label, Unit.FACTOR, published));
        }
        Optional<SamplesSaved.Estimate> worth = new SamplesSaved(summary, arm, size).distance(over, arm);
        if (worth.isEmpty()) {
            Cell last = curve.getLast();
            boolean beyond =
                    cell.get().mean() > last.mean() == summary.config().metric().rising();
            String text = beyond
                    ? "more than " + Unit.FACTOR.number((double) last.size() / size) + ": beyond the largest n measured"
                    : "below the smallest n measured";
            return List.of(Finding.undefined(label, Unit.FACTOR, published, text));
        }
        double k = worth.get().value() / size;
        Optional<Interval> interval = worth.get().interval().map(ci -> ci.times(1.0 / size));
        Outcome outcome = least.isEmpty() ? Outcome.REPORTED : Rules.level(k, interval, least.getAsDouble());
        return List.of(Finding.judged(label, Unit.FACTOR, k, interval, published, outcome)
                .remark(least.isEmpty() ? "" : "claimed: at least " + Unit.NUMBER.number(least.getAsDouble())));
    }
}
