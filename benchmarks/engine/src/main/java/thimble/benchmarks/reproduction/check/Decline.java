package thimble.benchmarks.reproduction.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import thimble.benchmarks.Metric;
import thimble.benchmarks.Summary;
import thimble.benchmarks.reproduction.Check;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Interval;

/**
 * The gain of an arm over another shrinks as examples are added and is nowhere negative: a row per size, then one for the shrinking. It holds if
 * the mean gains never rise from a size to the next, partly if each rise lies within the intervals.
 *
 * @param label what the arm is called
 * @param arm spec of the arm, as in the study
 * @param over spec of the other
 */
public record Decline(String label, String arm, String over) implements Check {
    @Override
    public List<Finding> findings(Summary summary) {
        Metric metric = summary.config().metric();
        List<Finding> rows = new ArrayList<>();
        for (int size : summary.config().sizes()) {
            Gain gain = Gain.atLeast(label + " at n = " + size, arm, over, size, 0);
            rows.add(gain.finding(summary.difference(arm, over, size), metric).remark(""));
        }
        rows.add(shrinking(rows, metric.fraction() ? Unit.POINTS : Unit.NUMBER));
        return rows;
    }

    private Finding shrinking(List<Finding> rows, Unit unit) {
        String name = label + ": gain at the smallest n minus gain at the largest";
        if (rows.size() < 2 || rows.stream().anyMatch(row -> row.ours().isEmpty())) {
            return Finding.open(name, unit, OptionalDouble.empty());
        }
        Outcome outcome = Outcome.HOLDS;
        for (int i = 1; i < rows.size(); i++) {
            Finding before = rows.get(i - 1);
            Finding now = rows.get(i);
            if (now.ours().orElseThrow() > before.ours().orElseThrow() && outcome == Outcome.HOLDS) {
                outcome = Outcome.PARTLY;
            }
            if (low(now) > high(before)) {
                outcome = Outcome.NOT;
            }
        }
        double shrunk =
                rows.getFirst().ours().orElseThrow() - rows.getLast().ours().orElseThrow();
        return Finding.judged(name, unit, shrunk, Optional.empty(), OptionalDouble.empty(), outcome)
                .remark("claimed: the gain never rises with n");
    }

    private static double low(Finding row) {
        return row.interval().map(Interval::low).orElse(row.ours().orElseThrow());
    }

    private static double high(Finding row) {
        return row.interval().map(Interval::high).orElse(row.ours().orElseThrow());
    }
}
