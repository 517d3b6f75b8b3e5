package thimble.benchmarks.speed;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Times calls in turns with a loop of multiply-adds: the shortest of each counts. For one thread at a time. */
public final class Stopwatch {
    private static final double SAMPLE_NANOS = 250_000;
    private static final double SLICE_NANOS = 50_000_000;
    private static final double STEADY = 0.98;
    private static final int STEADY_SLICES = 6;
    private static final int FEWEST_SAMPLES = 5;

    private final Peak peak;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private record Sample(double nanoseconds, double bytes) {
        static final Sample NONE = new Sample(Double.MAX_VALUE, Double.MAX_VALUE);

        Sample least(Sample other) {
            return new Sample(Math.min(nanoseconds, other.nanoseconds), Math.min(bytes, other.bytes));
        }
    }

    /** Compares with this loop. */
    public Stopwatch(Peak peak) {
        this.peak = peak;
    }

    /** Warms a call up and times it. */
    public Timing time(Runnable call, Effort effort) {
        int calls = warm(call, effort);
        long until = System.nanoTime() + (long) (effort.timed() * 1e9);
        Sample least = Sample.NONE;
        double fastest = 0;
        for (int i = 0; i < FEWEST_SAMPLES || System.nanoTime() < until; i++) {
            fastest = Math.max(fastest, peak.sample());
            least = least.least(sample(call, calls));
        }
        return new Timing(least.nanoseconds, least.bytes, fastest);
    }

    /** Runs until nothing gets better; returns how many calls make a sample. */
    private int warm(Runnable call, Effort effort) {
        long start = System.nanoTime();
        Sample best = sample(call, 1);
        int calls = 1;
        int steady = 0;
        while (seconds(start) < effort.longest()) {
            calls = (int) Math.clamp(SAMPLE_NANOS / best.nanoseconds, 1, 1 << 20);
            Sample slice = Sample.NONE;
            long begin = System.nanoTime();
            do {
                slice = slice.least(sample(call, calls));
            } while (System.nanoTime() - begin < SLICE_NANOS);
            boolean better = slice.nanoseconds < STEADY * best.nanoseconds || slice.bytes >= 1;
            steady = better ? 0 : steady + 1;
            best = best.least(slice);
            if (steady >= STEADY_SLICES && seconds(start) >= effort.warm()) {
                break;
            }
        }
        return calls;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private Sample sample(Runnable call, int calls) {
        long bytes = threads.getTotalThreadAllocatedBytes();
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            call.run();
        }
        double nanoseconds = (double) (System.nanoTime() - start) / calls;
        double allocated = (double) (threads.getTotalThreadAllocatedBytes() - bytes) / calls; // before the next object
        return new Sample(nanoseconds, allocated);
    }
}
