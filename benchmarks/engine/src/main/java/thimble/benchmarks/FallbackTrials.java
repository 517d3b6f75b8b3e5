package thimble.benchmarks;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import thimble.backend.BackendException;

/**
 * Trials on one device until it fails or has too little memory; that trial and all later ones then run on another backend, from the beginning,
 * and their results name it.
 */
public final class FallbackTrials implements TrialRunner {
    private final TrialRunner first;
    private final TrialRunner second;
    private final String backend;
    private final Consumer<String> told;
    private final AtomicBoolean failed = new AtomicBoolean();

    /**
     * Trials with a fallback.
     *
     * @param first what runs trials while its device works
     * @param second what runs them afterwards
     * @param backend name of the second one's backend
     * @param told gets what the device said, once
     */
    public FallbackTrials(TrialRunner first, TrialRunner second, String backend, Consumer<String> told) {
        this.first = first;
        this.second = second;
        this.backend = backend;
        this.told = told;
    }

    @Override
    public List<Tunable> tunables(Comparison comparison, Arm arm) {
        return first.tunables(comparison, arm);
    }

    @Override
    public void check(Comparison comparison, Arm arm) {
        first.check(comparison, arm);
    }

    @Override
    public boolean classical(Arm arm) {
        return first.classical(arm);
    }

    @Override
    public int replicas(Comparison comparison, Arm arm) {
        return first.replicas(comparison, arm);
    }

    @Override
    public TrialResult run(TrialTask task) {
        return failed.get() ? second.run(task).on(backend) : resulting(task, () -> first.run(task));
    }

    @Override
    public List<Supplier<TrialResult>> together(List<TrialTask> tasks) {
        if (failed.get()) {
            return TrialRunner.super.together(tasks);
        }
        List<Supplier<TrialResult>> results = first.together(tasks);
        return IntStream.range(0, tasks.size())
                .<Supplier<TrialResult>>mapToObj(i -> () -> resulting(tasks.get(i), results.get(i)))
                .toList();
    }

    private TrialResult resulting(TrialTask task, Supplier<TrialResult> attempt) {
        // What the first device has finished already counts, whatever happened to it since.
        try {
            return attempt.get();
        } catch (RuntimeException failure) {
            BackendException device = DeviceFailures.of(failure).orElseThrow(() -> failure);
            if (failed.compareAndSet(false, true)) {
                told.accept(String.valueOf(device.getMessage()));
            }
            return second.run(task).on(backend);
        }
    }
}
