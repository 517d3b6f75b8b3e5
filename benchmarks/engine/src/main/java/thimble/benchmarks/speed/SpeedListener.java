package thimble.benchmarks.speed;

/** Hears what is measured next. */
@FunctionalInterface
public interface SpeedListener {
    /**
     * Called before each measurement.
     *
     * @param done measurements that are finished
     * @param planned measurements in all
     * @param next what comes now
     */
    void measuring(int done, int planned, String next);
}
