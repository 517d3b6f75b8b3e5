package thimble.benchmarks.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import thimble.backend.Backend;
import thimble.backend.MultiplyAdds;

/**
 * Measures kernels and steps of a backend, one after another.
 *
 * @param backends the backend for a number of threads
 * @param threads numbers of threads; kernels of little work are measured with the first alone
 * @param kernels what to time
 * @param steps what to time
 * @param quick less time, for a first look
 */
public record SpeedRun(
        IntFunction<Backend> backends,
        List<Integer> threads,
        List<KernelCase> kernels,
        List<StepCase> steps,
        boolean quick) {
    /** Copies the lists. */
    public SpeedRun {
        threads = List.copyOf(threads);
        kernels = List.copyOf(kernels);
        steps = List.copyOf(steps);
    }

    /** Runs everything. */
    public Speed run(SpeedListener listener) {
        listener.measuring(0, planned(), "multiply-adds and memory");
        Peak peak = Peak.here();
        double gflops = peak.gflops();
        double triad = Triad.gigabytesPerSecond();
        Stopwatch stopwatch = new Stopwatch(peak);
        List<Speed.KernelSpeed> kernelSpeeds = new ArrayList<>();
        List<Speed.StepSpeed> stepSpeeds = new ArrayList<>();
        int done = 0;
        for (int count : threads) {
            Backend backend = backends.apply(count);
            for (KernelCase kernel : kernels(count)) {
                listener.measuring(done++, planned(), kernel.title());
                kernelSpeeds.add(new Speed.KernelSpeed(kernel, count, time(backend, kernel, stopwatch)));
            }
        }
        for (int count : threads) {
            Backend backend = backends.apply(count);
            for (StepCase step : steps) {
                listener.measuring(done++, planned(), step.title());
                stepSpeeds.add(time(backend, step, count, stopwatch));
            }
        }
        listener.measuring(done, planned(), "");
        return new Speed(gflops, triad, kernelSpeeds, stepSpeeds);
    }

    private int planned() {
        return steps.size() * threads.size()
                + threads.stream().mapToInt(count -> kernels(count).size()).sum();
    }

    private List<KernelCase> kernels(int count) {
        return kernels.stream()
                .filter(kernel -> count == threads.getFirst() || kernel.large())
                .toList();
    }

    private Timing time(Backend backend, KernelCase kernel, Stopwatch stopwatch) {
        try (TimedCall call = kernel.compile(backend)) {
            return stopwatch.time(call, quick ? Effort.QUICK : Effort.KERNEL);
        }
    }

    private Speed.StepSpeed time(Backend backend, StepCase step, int count, Stopwatch stopwatch) {
        try (TimedStep timed = step.compile(backend)) {
            Timing timing = stopwatch.time(timed, quick ? Effort.QUICK_STEP : Effort.STEP);
            return new Speed.StepSpeed(step, count, timing, MultiplyAdds.of(timed.graph(0)));
        }
    }
}
