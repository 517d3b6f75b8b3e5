package thimble.benchmarks;

import java.util.List;
import java.util.function.Supplier;

/** Trains and evaluates one arm once. Implementations are safe for many threads; a result depends on the task alone. */
public interface TrialRunner {
    /**
     * What tuning chooses for an arm: its brackets, and the learning rate where it has one that is not fixed.
     *
     * @throws IllegalArgumentException if the arm, the model or a setting is unknown or out of range
     */
    List<Tunable> tunables(Comparison comparison, Arm arm);

    /**
     * Refuses an arm whose methods do not fit the model, the data or each other, as training would, but without training.
     *
     * @throws IllegalArgumentException with the reason
     */
    default void check(Comparison comparison, Arm arm) {}

    /** True for an arm that is no network: a forest, a linear model. */
    boolean classical(Arm arm);

    /**
     * Trains on the task's training examples and evaluates.
     *
     * @throws java.util.concurrent.CancellationException if the task was cancelled
     * @throws RuntimeException if the training failed; its message becomes the reason of the failed trial
     */
    TrialResult run(TrialTask task);

    /** How many trials of an arm it likes to get at once by {@link #together}; 1 where one after another is as fast. */
    default int replicas(Comparison comparison, Arm arm) {
        return 1;
    }

    /**
     * Trains several tasks of one arm and size, as one program if it can. Results are those of {@link #run}, up to the rounding of the device,
     * and one that fails takes no other with it.
     *
     * @return for each task what gives its result, or throws, as {@link #run} does; it may train only when asked, and is asked once
     * @throws java.util.concurrent.CancellationException if a task was cancelled
     */
    default List<Supplier<TrialResult>> together(List<TrialTask> tasks) {
        return tasks.stream()
                .<Supplier<TrialResult>>map(task -> () -> run(task))
                .toList();
    }
}
