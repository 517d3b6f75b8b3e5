package thimble.benchmarks.speed;

import java.util.List;

/**
 * What a measurement of a backend found on this machine.
 *
 * @param peakGflops multiply-adds in registers, one thread
 * @param triadGigabytes triad over memory, one thread, GB/s
 * @param kernels one entry for each kernel and number of threads
 * @param steps one entry for each step and number of threads
 */
public record Speed(double peakGflops, double triadGigabytes, List<KernelSpeed> kernels, List<StepSpeed> steps) {
    /** Copies the lists. */
    public Speed {
        kernels = List.copyOf(kernels);
        steps = List.copyOf(steps);
    }

    /** A kernel that was timed. */
    public record KernelSpeed(KernelCase kernel, int threads, Timing timing) {
        /** Part of the peak from which a contraction is good enough. */
        public static final double LEAST_SHARE = 0.6;

        /** Floating point operations per nanosecond. */
        public double gflops() {
            return timing.gflops(kernel.operations());
        }

        /** Part of what the threads could do in multiply-adds. */
        public double shareOfPeak() {
            return timing.shareOfPeak(kernel.operations(), threads);
        }

        /** Bytes of operands and results per nanosecond. */
        public double gigabytes() {
            return kernel.bytes() / timing.nanoseconds();
        }

        /** Whether a call allocates. */
        public boolean allocates() {
            return timing.bytes() >= 1;
        }

        /** Whether it is a contraction on one thread below {@link #LEAST_SHARE}. */
        public boolean slow() {
            return kernel.contraction() && threads == 1 && shareOfPeak() < LEAST_SHARE;
        }
    }

    /**
     * A step that was timed.
     *
     * @param step what it is
     * @param threads asked for
     * @param timing of feed, run and fetch of the loss
     * @param multiplyAdds of its products and convolutions
     */
    public record StepSpeed(StepCase step, int threads, Timing timing, long multiplyAdds) {
        /** Time of a step. */
        public double microseconds() {
            return timing.nanoseconds() / 1e3;
        }

        /** Part of what the threads could do in multiply-adds. */
        public double shareOfPeak() {
            return timing.shareOfPeak(2.0 * multiplyAdds, threads);
        }

        /** Pictures per second. */
        public double examplesPerSecond() {
            return step.batch() / timing.nanoseconds() * 1e9;
        }
    }

    /** What misses the guard: kernels that allocate or are slow, each with the reason. */
    public List<String> misses() {
        return kernels.stream()
                .filter(one -> one.allocates() || one.slow())
                .map(one -> "%s on %d %s: %s"
                        .formatted(
                                one.kernel().title(),
                                one.threads(),
                                one.threads() == 1 ? "thread" : "threads",
                                one.allocates()
                                        ? "allocates %.0f bytes per call"
                                                .formatted(one.timing().bytes())
                                        : "%.0f %% of the peak, expected at least %.0f %%"
                                                .formatted(100 * one.shareOfPeak(), 100 * KernelSpeed.LEAST_SHARE)))
                .toList();
    }
}
