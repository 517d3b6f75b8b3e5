package thimble.benchmarks.speed;

/**
 * How long one thing is measured. Warming ends once the shortest time of a slice no longer falls and nothing is allocated, but not before
 * {@code warm} and not after {@code longest} seconds.
 *
 * @param warm least seconds of warming
 * @param longest most seconds of warming
 * @param timed seconds of timing
 */
public record Effort(double warm, double longest, double timed) {
    /** What {@code thimble bench} spends on a kernel. */
    public static final Effort KERNEL = new Effort(0.4, 3, 0.15);

    /** What {@code thimble bench} spends on a step. */
    public static final Effort STEP = new Effort(0.5, 25, 0.4);

    /** For a first look at a kernel, and for tests. */
    public static final Effort QUICK = new Effort(0.05, 0.4, 0.05);

    /** For a first look at a step, whose many kernels the JVM compiles one after another: cold ones are a hundred times slower. */
    public static final Effort QUICK_STEP = new Effort(0.3, 10, 0.1);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if {@code timed} is not above 0 or {@code warm} is not in 0..{@code longest}
     */
    public Effort {
        if (!(timed > 0) || !(warm >= 0) || !(warm <= longest)) {
            throw new IllegalArgumentException("[effort] expected 0 <= warm <= longest and timed > 0 but received "
                    + warm + ", " + longest + " and " + timed);
        }
    }
}
