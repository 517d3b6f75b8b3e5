package thimble.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** A fixed number of threads that work off a list, in order, until it is done, cancelled, or one task fails for good. */
public final class Pool {
    private final int workers;
    private final BooleanSupplier cancelled;

    /** A pool of so many threads; {@code cancelled} is asked before each task. */
    public Pool(int workers, BooleanSupplier cancelled) {
        this.workers = workers;
        this.cancelled = cancelled;
    }

    /** True if all tasks ran to their end; the first failure of a task ends the others and is thrown. */
    public boolean run(List<Runnable> tasks) {
        AtomicBoolean failed = new AtomicBoolean();
        AtomicBoolean left = new AtomicBoolean();
        List<Future<?>> futures = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(
                workers, Thread.ofPlatform().name("trial-", 1).daemon().factory())) {
            for (Runnable task : tasks) {
                futures.add(executor.submit(() -> {
                    if (failed.get() || cancelled.getAsBoolean()) {
                        left.set(true);
                        return;
                    }
                    try {
                        task.run();
                    } catch (CancellationException stopped) {
                        left.set(true);
                    } catch (Throwable failure) {
                        failed.set(true);
                        throw failure;
                    }
                }));
            }
        }
        for (Future<?> future : futures) {
            try {
                future.get();
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException("[trials] " + failure.getCause(), failure.getCause());
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !left.get();
    }
}
