package thimble.benchmarks.reproduction.check;

/**
 * A number that somebody published.
 *
 * @param value the number, in the unit of the finding
 * @param tolerance how far ours may be on the worse side to count as the same, in the same unit, at least 0
 */
public record Published(double value, double tolerance) {
    /** Checks the tolerance. */
    public Published {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("[published] expected a tolerance >= 0 but received " + tolerance);
        }
    }
}
