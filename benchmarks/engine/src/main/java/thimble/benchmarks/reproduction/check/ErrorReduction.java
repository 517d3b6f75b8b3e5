package thimble.benchmarks.reproduction.check;

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

/**
 * By which share of the other's mean error an arm has fewer errors, in percent. Holds where the interval reaches {@code least}, partly where it
 * excludes 0 ({@link Rules#reaches}).
 *
 * @param label what the row is called
 * @param arm spec of the arm, as in the study
 * @param over spec of the other
 * @param size number of training examples
 * @param least what the interval must reach, in percent
 * @param published the published reduction, in percent
 */
public record ErrorReduction(String label, String arm, String over, int size, double least, OptionalDouble published)
        implements Check {
    @Override
    public List<Finding> findings(Summary summary) {
        Optional<Difference> difference =
                summary.difference(arm, over, size).filter(d -> d.relative().isPresent());
        if (difference.isEmpty()) {
            return List.of(Finding.open(label, Unit.PERCENT, published));
        }
        double ours = -100 * difference.get().relative().getAsDouble();
        var interval = difference
                .filter(d -> d.pairs() > 1)
                .flatMap(Difference::relativeCi)
                .map(ci -> ci.times(-100));
        Outcome outcome = interval.map(ci -> Rules.reaches(ci, least)).orElse(Outcome.REPORTED);
        return List.of(Finding.judged(label, Unit.PERCENT, ours, interval, published, outcome)
                .remark("relative reduction of error; claimed: the interval reaches " + Unit.NUMBER.number(least)
                        + " %"));
    }
}
