package thimble.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import thimble.backend.Backend;
import thimble.data.Dataset;
import thimble.data.Fold;
import thimble.data.Split;
import thimble.nn.Models;
import thimble.train.Adam;
import thimble.train.CrossEntropy;
import thimble.train.LearnContext;
import thimble.train.TrainedModel;
import thimble.train.Trainer;
import thimble.train.TrainingListener;

/**
 * Probabilities of each example by a model that did not learn it: one network per fold of a stratified cross-validation.
 *
 * @param backend where the networks train, with one thread each
 * @param model spec of the network
 * @param steps training steps of each
 * @param folds number of folds, at least 2
 * @param seed seed of folds and networks
 */
record OutOfFold(Backend backend, String model, int steps, int folds, long seed) {
    private static final int BATCH = 50;

    /**
     * The probabilities [n][classes].
     *
     * @param workers folds at once
     * @param done told how many folds are done
     * @param cancelled asked between steps
     */
    float[][] of(Dataset data, int workers, IntConsumer done, BooleanSupplier cancelled) {
        float[][] rows = new float[data.size()][];
        List<Fold> parts = Split.folds(data, folds, seed);
        try (ExecutorService threads = Executors.newFixedThreadPool(Math.min(workers, folds))) {
            List<Future<?>> running = new ArrayList<>();
            for (Fold fold : parts) {
                running.add(threads.submit((Callable<Void>) () -> {
                    predict(data, fold, rows, cancelled);
                    return null;
                }));
            }
            for (int i = 0; i < running.size(); i++) {
                running.get(i).get();
                done.accept(i + 1);
            }
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
        return rows;
    }

    private void predict(Dataset data, Fold fold, float[][] rows, BooleanSupplier cancelled) {
        Dataset train = fold.train(data);
        Trainer trainer = new Trainer(
                        backend, Models.parse(model, train), new CrossEntropy(), List.of(), new Adam(), BATCH, 1, seed)
                .steps(steps);
        LearnContext context = new LearnContext(backend, seed, TrainingListener.NONE, cancelled);
        try (TrainedModel trained = trainer.fit(train, context)) {
            float[][] scores = trained.predict(fold.test(data));
            int[] held = fold.test();
            for (int i = 0; i < held.length; i++) {
                rows[held[i]] = scores[i];
            }
        }
    }
}
