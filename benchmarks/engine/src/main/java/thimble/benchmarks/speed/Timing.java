package thimble.benchmarks.speed;

/**
 * What timing a call gave.
 *
 * @param nanoseconds of the shortest call
 * @param bytes allocated by a call, on all threads, at least
 * @param peak GFLOP/s of multiply-adds on one thread in the same moments
 */
public record Timing(double nanoseconds, double bytes, double peak) {
    /** GFLOP/s of a call with this many operations. */
    public double gflops(double operations) {
        return operations / nanoseconds;
    }

    /** Part of what so many threads could do in multiply-adds. */
    public double shareOfPeak(double operations, int threads) {
        return gflops(operations) / (peak * threads);
    }
}
