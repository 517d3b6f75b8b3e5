package thimble.benchmarks;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import thimble.benchmarks.statistics.Bootstrap;
import thimble.benchmarks.statistics.Interval;
import thimble.benchmarks.statistics.Power;
import thimble.benchmarks.statistics.SignFlip;
import thimble.benchmarks.statistics.Student;

/**
 * An arm against another at one size: statistics of the differences of pairs, each pair sharing subset, initial weights and batch order.
 *
 * @param values arm minus other, in units of the metric, by repeat
 * @param mean mean of the differences
 * @param ci 95 % interval by Student's t, corrected for overlapping splits
 * @param bootstrap 95 % BCa bootstrap interval
 * @param p two-sided p of the (corrected) paired t test; none below {@link #FEWEST} pairs
 * @param permutation two-sided p of the sign-flip permutation test; none below {@link #FEWEST} pairs, nor where splits overlap
 * @param effect Cohen's d of the differences, mean over standard deviation; none if all are equal
 * @param wins pairs won by the arm
 * @param relative change of error as a share of the other's mean error, negative for fewer errors; none if the other makes no errors
 * @param relativeCi its 95 % interval
 */
public record Difference(
        double[] values,
        double mean,
        Interval ci,
        Interval bootstrap,
        OptionalDouble p,
        OptionalDouble permutation,
        OptionalDouble effect,
        int wins,
        OptionalDouble relative,
        Optional<Interval> relativeCi) {
    /** Fewest pairs for which a p is given: below, the sign-flip test could never fall under 5 %. */
    public static final int FEWEST = 6;

    private static final int RESAMPLES = 10_000;

    /** Copies the values. */
    public Difference {
        values = values.clone();
    }

    /**
     * The differences of two cells; empty if they share no repeat.
     *
     * @param overlap what widens the variance because training sets overlap, else 0
     * @param seed seed of the resampling
     */
    public static Optional<Difference> of(Cell arm, Cell other, Metric metric, double overlap, long seed) {
        int[] repeats = arm.trials().stream()
                .mapToInt(Trial::repeat)
                .filter(repeat -> other.value(repeat).isPresent())
                .toArray();
        if (repeats.length == 0) {
            return Optional.empty();
        }
        double[] values = IntStream.of(repeats)
                .mapToDouble(repeat ->
                        arm.value(repeat).orElseThrow() - other.value(repeat).orElseThrow())
                .toArray();
        double mean = Student.mean(values);
        Interval ci = Student.interval(values, Cell.LEVEL, overlap);
        double deviation = Student.deviation(values);
        boolean enough = values.length >= FEWEST;
        double error = metric.error(other.mean());
        double perError = (metric.rising() ? -1 : 1) / error;
        return Optional.of(new Difference(
                values,
                mean,
                ci,
                new Bootstrap(RESAMPLES, seed).mean(values, Cell.LEVEL),
                enough ? OptionalDouble.of(Student.p(values, overlap)) : OptionalDouble.empty(),
                enough && overlap == 0 ? OptionalDouble.of(SignFlip.p(values, seed)) : OptionalDouble.empty(),
                deviation > 0 ? OptionalDouble.of(mean / deviation) : OptionalDouble.empty(),
                (int) Arrays.stream(values).filter(metric::better).count(),
                error > 0 ? OptionalDouble.of(mean * perError) : OptionalDouble.empty(),
                error > 0 ? Optional.of(ci.times(perError)) : Optional.empty()));
    }

    /** Number of pairs. */
    public int pairs() {
        return values.length;
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    /** Why there is no p, in words. */
    public Optional<String> withoutP() {
        return pairs() >= FEWEST
                ? Optional.empty()
                : Optional.of("fewer than " + FEWEST + " pairs: no p, as the smallest that " + pairs()
                        + " could give is " + SignFlip.floor(pairs()));
    }

    /** Pairs at which a difference of the measured size would be called real with 80 % power, before Holm. */
    public OptionalInt pairsToTell() {
        return effect.isPresent() ? Power.pairs(effect.getAsDouble(), 0.8, 0.05) : OptionalInt.empty();
    }

    /** What may be said, given p adjusted for the other methods of this size. */
    Verdict verdict(OptionalDouble adjusted, Metric metric) {
        if (adjusted.isEmpty() || adjusted.getAsDouble() > 1 - Cell.LEVEL) {
            return Verdict.NOT_DISTINGUISHABLE;
        }
        return metric.better(mean) ? Verdict.BETTER : Verdict.WORSE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Difference difference
                && Arrays.equals(values, difference.values)
                && ci.equals(difference.ci)
                && bootstrap.equals(difference.bootstrap);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
