package thimble.train;

/** How the learning rate changes over a training, as a factor in [0, 1]. */
public enum Schedule {
    /** Always 1. */
    CONSTANT,
    /** 1, then 0.1 from half, then 0.01 from three quarters of the steps. */
    STEP,
    /** Half a cosine from 1 down to 0: I. Loshchilov and F. Hutter, "SGDR", ICLR 2017, equation 5 without restarts. */
    COSINE;

    /**
     * The factor of one step, after a warm-up in which it grows evenly.
     *
     * @param step from 0
     * @param steps steps in all
     * @param warmup number of first steps that warm up
     */
    public double factor(long step, long steps, long warmup) {
        if (step < warmup) {
            return (step + 1.0) / (warmup + 1.0);
        }
        double done = (double) (step - warmup) / Math.max(1, steps - warmup);
        return switch (this) {
            case CONSTANT -> 1;
            case STEP -> done < 0.5 ? 1 : done < 0.75 ? 0.1 : 0.01;
            case COSINE -> 0.5 * (1 + StrictMath.cos(StrictMath.PI * Math.min(1, done)));
        };
    }
}
