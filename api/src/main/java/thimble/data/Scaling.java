package thimble.data;

/**
 * A change of one number: (x − mean) · factor, where a missing x (NaN) counts as the median.
 *
 * @param mean what is taken away
 * @param factor what the rest is multiplied by: 1 / standard deviation, or 0 for a number that did not vary
 * @param median what stands for a missing number
 */
public record Scaling(double mean, double factor, double median) {
    /** Leaves numbers as they are and makes missing ones 0. */
    public static final Scaling NONE = new Scaling(0, 1, 0);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not finite, or the factor is negative
     */
    public Scaling {
        if (!Double.isFinite(mean) || !Double.isFinite(median) || !Double.isFinite(factor) || factor < 0) {
            throw new IllegalArgumentException("[scaling] expected finite numbers and a factor >= 0 but received mean "
                    + mean + ", factor " + factor + ", median " + median);
        }
    }

    /** The changed number. */
    public float apply(float x) {
        return (float) (((Float.isNaN(x) ? median : x) - mean) * factor);
    }

    /** The number before the change; the mean if the factor is 0. */
    public float restore(float y) {
        return (float) (factor == 0 ? mean : y / factor + mean);
    }
}
