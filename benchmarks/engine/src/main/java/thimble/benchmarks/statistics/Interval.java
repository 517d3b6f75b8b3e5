package thimble.benchmarks.statistics;

/**
 * An interval of confidence.
 *
 * @param low lower end
 * @param high upper end, not below {@code low}
 */
public record Interval(double low, double high) {
    /** Checks the order of the ends. */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("[interval] expected low <= high but received " + low + " and " + high);
        }
    }

    /** Half the distance between the ends. */
    public double halfWidth() {
        return (high - low) / 2;
    }

    /** True if a value lies inside or on an end. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** Both ends times a factor; a negative factor swaps them. */
    public Interval times(double factor) {
        return factor < 0 ? new Interval(high * factor, low * factor) : new Interval(low * factor, high * factor);
    }
}
