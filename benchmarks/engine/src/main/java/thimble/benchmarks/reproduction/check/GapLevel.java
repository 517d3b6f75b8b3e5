package thimble.benchmarks.reproduction.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Summary;
import thimble.benchmarks.reproduction.Check;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Rules;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Interval;
import thimble.benchmarks.statistics.Student;

/**
 * The mean generalization gap of an arm at a size, held-out minus training loss, both in evaluation mode without penalties.
 *
 * @param label what the row is called
 * @param arm spec of the arm, as in the study
 * @param size number of training examples
 * @param expected the gap that theory gives, with how far ours may be to either side; none to report it
 */
public record GapLevel(String label, String arm, int size, Optional<Published> expected) implements Check {
    /** A row that is reported. */
    public static GapLevel of(String label, String arm, int size) {
        return new GapLevel(label, arm, size, Optional.empty());
    }

    @Override
    public List<Finding> findings(Summary summary) {
        OptionalDouble number =
                expected.map(Published::value).map(OptionalDouble::of).orElse(OptionalDouble.empty());
        double[] gaps = summary.cell(arm, size).map(cell -> cell.gaps()).orElse(new double[0]);
        if (gaps.length == 0) {
            return List.of(Finding.open(label, Unit.NUMBER, number));
        }
        double mean = Student.mean(gaps);
        Optional<Interval> interval = interval(gaps, summary);
        if (expected.isEmpty()) {
            return List.of(Finding.reported(label, Unit.NUMBER, mean, interval));
        }
        double theory = expected.get().value();
        Outcome outcome = Rules.equal(
                mean - theory,
                interval.map(ci -> new Interval(ci.low() - theory, ci.high() - theory)),
                expected.get().tolerance());
        return List.of(Finding.judged(label, Unit.NUMBER, mean, interval, number, outcome));
    }

    /** The Student interval of the mean, corrected for overlapping splits; none below two numbers. */
    static Optional<Interval> interval(double[] gaps, Summary summary) {
        return gaps.length < 2
                ? Optional.empty()
                : Optional.of(
                        Student.interval(gaps, Cell.LEVEL, summary.config().overlap()));
    }
}
