package thimble.benchmarks.reproduction.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import thimble.benchmarks.Difference;
import thimble.benchmarks.Metric;
import thimble.benchmarks.Summary;
import thimble.benchmarks.reproduction.Check;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Rules;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Interval;

/**
 * How much better an arm is than another at a size, by pairs: positive for better, whatever the metric. In points where the metric is a share.
 *
 * @param label what the row is called
 * @param arm spec of the arm, as in the study
 * @param over spec of the other
 * @param size number of training examples
 * @param claim what is claimed of the gain
 * @param published the published gain, if there is one
 */
public record Gain(String label, String arm, String over, int size, Claim claim, OptionalDouble published)
        implements Check {
    /** What is claimed of a gain. */
    public sealed interface Claim {
        /** At least so much, beyond doubt. */
        record AtLeast(double least) implements Claim {}

        /** At most so much to either side. */
        record None(double bound) implements Claim {}

        /** Nothing: the number is reported. */
        record Open() implements Claim {}
    }

    /** A gain of at least so many points. */
    public static Gain atLeast(String label, String arm, String over, int size, double least) {
        return new Gain(label, arm, over, size, new Claim.AtLeast(least), OptionalDouble.empty());
    }

    /** No difference of more than so many points. */
    public static Gain none(String label, String arm, String over, int size, double bound) {
        return new Gain(label, arm, over, size, new Claim.None(bound), OptionalDouble.empty());
    }

    /** A gain that is reported. */
    public static Gain reported(String label, String arm, String over, int size) {
        return new Gain(label, arm, over, size, new Claim.Open(), OptionalDouble.empty());
    }

    /** With the published gain beside it. */
    public Gain published(double gain) {
        return new Gain(label, arm, over, size, claim, OptionalDouble.of(gain));
    }

    @Override
    public List<Finding> findings(Summary summary) {
        return List.of(
                finding(summary.difference(arm, over, size), summary.config().metric()));
    }

    /** The row of a difference that was found elsewhere, such as between two studies. */
    public Finding finding(Optional<Difference> difference, Metric metric) {
        Unit unit = metric.fraction() ? Unit.POINTS : Unit.NUMBER;
        if (difference.isEmpty()) {
            return Finding.open(label, unit, published);
        }
        double scale = (metric.fraction() ? 100 : 1) * (metric.rising() ? 1 : -1);
        double ours = difference.get().mean() * scale;
        Optional<Interval> interval = difference.filter(d -> d.pairs() > 1).map(d -> d.ci().times(scale));
        Outcome outcome = switch (claim) {
            case Claim.AtLeast(double least) -> Rules.gain(ours, interval, least);
            case Claim.None(double bound) -> Rules.equal(ours, interval, bound);
            case Claim.Open() -> Outcome.REPORTED;
        };
        return Finding.judged(label, unit, ours, interval, published, outcome).remark(remark());
    }

    private String remark() {
        return switch (claim) {
            case Claim.AtLeast(double least) -> "claimed: at least " + Unit.NUMBER.difference(least);
            case Claim.None(double bound) -> "claimed: at most " + Unit.NUMBER.number(bound) + " to either side";
            case Claim.Open() -> "";
        };
    }
}
