package thimble.benchmarks.reproduction;

import java.util.Optional;
import java.util.OptionalDouble;
import thimble.benchmarks.statistics.Interval;

/**
 * One row of an experiment: ours beside published.
 *
 * @param label what was measured
 * @param unit what the numbers are counted in
 * @param ours our number; none if it was not measured yet
 * @param interval its 95 % interval, where there is one
 * @param published the published number, or the one to reach
 * @param outcome what may be said
 * @param remark why, or what a reader must know; may be empty
 */
public record Finding(
        String label,
        Unit unit,
        OptionalDouble ours,
        Optional<Interval> interval,
        OptionalDouble published,
        Outcome outcome,
        String remark) {

    /** A row without a number yet. */
    public static Finding open(String label, Unit unit, OptionalDouble published) {
        return new Finding(label, unit, OptionalDouble.empty(), Optional.empty(), published, Outcome.OPEN, "");
    }

    /** A row of which the measurement shows that it has no number, and why. */
    public static Finding undefined(String label, Unit unit, OptionalDouble published, String why) {
        return new Finding(label, unit, OptionalDouble.empty(), Optional.empty(), published, Outcome.UNDEFINED, why);
    }

    /** A number that nobody published and nothing is claimed of. */
    public static Finding reported(String label, Unit unit, double ours, Optional<Interval> interval) {
        return new Finding(
                label, unit, OptionalDouble.of(ours), interval, OptionalDouble.empty(), Outcome.REPORTED, "");
    }

    /** A judged number. */
    public static Finding judged(
            String label,
            Unit unit,
            double ours,
            Optional<Interval> interval,
            OptionalDouble published,
            Outcome outcome) {
        return new Finding(label, unit, OptionalDouble.of(ours), interval, published, outcome, "");
    }

    /** This row with a remark. */
    public Finding remark(String text) {
        return new Finding(label, unit, ours, interval, published, outcome, text);
    }

    /** Ours minus published, where there are both. */
    public OptionalDouble difference() {
        return ours.isPresent() && published.isPresent()
                ? OptionalDouble.of(ours.getAsDouble() - published.getAsDouble())
                : OptionalDouble.empty();
    }
}
