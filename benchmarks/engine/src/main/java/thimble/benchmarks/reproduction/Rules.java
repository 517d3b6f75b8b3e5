package thimble.benchmarks.reproduction;

import java.util.Optional;
import thimble.benchmarks.statistics.Interval;

/** When a claim holds. Numbers are such that larger is better. */
public final class Rules {
    private Rules() {}

    /** A level: holds from {@code bound} on, partly where the interval reaches it. */
    public static Outcome level(double ours, Optional<Interval> interval, double bound) {
        if (ours >= bound) {
            return Outcome.HOLDS;
        }
        return interval.isPresent() && interval.get().high() >= bound ? Outcome.PARTLY : Outcome.NOT;
    }

    /**
     * A gain: holds if it is at least {@code least} and its interval excludes 0; partly if one of the two is so. A gain without an interval, of
     * one pair, holds partly at best.
     */
    public static Outcome gain(double ours, Optional<Interval> interval, double least) {
        boolean large = ours >= least;
        boolean certain = interval.isPresent() && interval.get().low() > 0;
        if (large && certain) {
            return Outcome.HOLDS;
        }
        return large || certain ? Outcome.PARTLY : Outcome.NOT;
    }

    /** No difference: holds if it is at most {@code bound} in size, partly where the interval meets that range. */
    public static Outcome equal(double ours, Optional<Interval> interval, double bound) {
        if (Math.abs(ours) <= bound) {
            return Outcome.HOLDS;
        }
        boolean meets = interval.isPresent()
                && interval.get().low() <= bound
                && interval.get().high() >= -bound;
        return meets ? Outcome.PARTLY : Outcome.NOT;
    }

    /**
     * An effect of a published size: partly where the interval excludes 0, holds where it reaches {@code published} too. An interval round 0
     * shows no effect, however wide it is.
     */
    public static Outcome reaches(Interval interval, double published) {
        if (interval.low() <= 0) {
            return Outcome.NOT;
        }
        return interval.high() >= published ? Outcome.HOLDS : Outcome.PARTLY;
    }

    /** A ratio: holds if it is at least {@code least} and its interval is above 1; partly if one of the two is so. */
    public static Outcome ratio(double ours, Optional<Interval> interval, double least) {
        return gain(ours - 1, interval.map(ci -> new Interval(ci.low() - 1, ci.high() - 1)), least - 1);
    }

    /** A number inside a range, both ends included. */
    public static Outcome between(double ours, Optional<Interval> interval, double low, double high) {
        if (low <= ours && ours <= high) {
            return Outcome.HOLDS;
        }
        boolean meets = interval.isPresent()
                && interval.get().low() <= high
                && interval.get().high() >= low;
        return meets ? Outcome.PARTLY : Outcome.NOT;
    }
}
