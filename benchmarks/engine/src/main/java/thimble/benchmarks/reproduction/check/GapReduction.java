package thimble.benchmarks.reproduction.check;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Summary;
import thimble.benchmarks.Trial;
import thimble.benchmarks.reproduction.Check;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Rules;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Student;

/**
 * By how much the generalization gap of an arm is smaller than another's, paired by repeat: positive for smaller. Holds where the interval
 * excludes 0.
 *
 * @param label what the row is called
 * @param arm spec of the arm, as in the study
 * @param over spec of the other
 * @param size number of training examples
 */
public record GapReduction(String label, String arm, String over, int size) implements Check {
    @Override
    public List<Finding> findings(Summary summary) {
        double[] pairs = summary.cell(arm, size)
                .flatMap(a -> summary.cell(over, size).map(b -> differences(a, b)))
                .orElse(new double[0]);
        if (pairs.length == 0) {
            return List.of(Finding.open(label, Unit.NUMBER, OptionalDouble.empty()));
        }
        double mean = Student.mean(pairs);
        var interval = GapLevel.interval(pairs, summary);
        return List.of(Finding.judged(
                        label, Unit.NUMBER, mean, interval, OptionalDouble.empty(), Rules.gain(mean, interval, 0))
                .remark("other's gap minus this one's; claimed: above 0"));
    }

    private static double[] differences(Cell arm, Cell other) {
        return arm.trials().stream()
                .flatMapToDouble(trial -> Arrays.stream(difference(trial, other)))
                .toArray();
    }

    private static double[] difference(Trial trial, Cell other) {
        return other.trials().stream()
                .filter(o -> o.repeat() == trial.repeat()
                        && o.gap().isPresent()
                        && trial.gap().isPresent())
                .mapToDouble(o -> o.gap().getAsDouble() - trial.gap().getAsDouble())
                .toArray();
    }
}
