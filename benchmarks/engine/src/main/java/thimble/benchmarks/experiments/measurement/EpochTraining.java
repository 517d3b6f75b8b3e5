package thimble.benchmarks.experiments.measurement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import thimble.benchmarks.StoreException;
import thimble.benchmarks.reproduction.Bench;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Preprocessing;
import thimble.train.Evaluation;
import thimble.train.LearnContext;
import thimble.train.Saving;
import thimble.train.TrainedModel;
import thimble.train.Trainer;
import thimble.train.TrainingListener;
import thimble.train.Weights;

/**
 * One network that is trained epoch by epoch, as if without a break: between two epochs it stands in a file of its own, so that a training of
 * hours loses at most an epoch. Safe for many threads, which wait for one another.
 */
final class EpochTraining {
    private final CurveNetwork network;
    private final String arm;

    /** The training of an arm. */
    EpochTraining(CurveNetwork network, String arm) {
        this.network = network;
        this.arm = arm;
    }

    /** Name of the arm. */
    String arm() {
        return arm;
    }

    /**
     * Trains one epoch further and evaluates.
     *
     * @param epoch number of the epoch, from 1
     * @param parts examples to learn from and test set
     * @return accuracy on the test set
     * @throws CancellationException if the bench was cancelled, also before the epoch in front was finished
     */
    synchronized double accuracy(Bench bench, CurveTuning.Candidate candidate, int epoch, DatasetSource.Parts parts) {
        Dataset train = network.augmented(bench, parts.train());
        Trainer trainer = network.trainer(bench, train, candidate.method(), candidate.rate());
        try {
            Path here = file(bench, epoch);
            if (!Files.exists(here)) {
                train(bench, trainer, train, epoch);
            }
            return accuracy(bench, trainer, parts.train(), parts.test().orElseThrow(), here);
        } catch (IOException failure) {
            throw new StoreException("[results] cannot use " + bench.folder() + ": " + failure.getMessage(), failure);
        }
    }

    private void train(Bench bench, Trainer trainer, Dataset train, int epoch) throws IOException {
        long last = network.steps(epoch);
        Path working = bench.folder().resolve(arm + "-epoch.safetensors");
        long done;
        do {
            prepare(bench, working, epoch);
            done = advance(
                    bench, trainer.saving(new Saving(working, (int) network.steps(network.epochs()))), train, last);
            if (done > last) {
                // A process that died between saving and renaming: that file stood at the end of the epoch already.
                Files.delete(working);
            }
        } while (done > last);
        Files.move(working, file(bench, epoch), StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(file(bench, epoch - 2));
    }

    /** Puts the network in front of the epoch where the training looks for it, unless it stands within the epoch already. */
    private void prepare(Bench bench, Path working, int epoch) throws IOException {
        if (epoch == 1 || Files.exists(working)) {
            return;
        }
        Path before = file(bench, epoch - 1);
        if (!Files.exists(before)) {
            throw new CancellationException("epoch " + (epoch - 1) + " of " + arm + " was not finished");
        }
        Path part = bench.folder().resolve(arm + "-epoch.part");
        Files.copy(before, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, working, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Trains up to a step, saving there; the number of steps done. */
    private static long advance(Bench bench, Trainer trainer, Dataset train, long last) {
        AtomicLong done = new AtomicLong();
        TrainingListener counting = new TrainingListener() {
            @Override
            public int every() {
                return 1;
            }

            @Override
            public void step(long step, long steps, double loss) {
                done.set(step);
            }
        };
        LearnContext context = new LearnContext(
                bench.backend(),
                bench.seed(),
                counting,
                () -> done.get() >= last || bench.cancelled().getAsBoolean());
        try {
            trainer.fit(train, context).close();
            return last;
        } catch (CancellationException stopped) {
            if (done.get() < last) {
                throw stopped;
            }
            return done.get();
        }
    }

    private static double accuracy(Bench bench, Trainer trainer, Dataset train, Dataset test, Path file) {
        try (TrainedModel model = new TrainedModel(
                bench.backend(),
                trainer.model(),
                trainer.loss(),
                train.example(),
                train.targets(),
                train.features(),
                Preprocessing.fit(train),
                Weights.load(file),
                new LinkedHashMap<>())) {
            return Evaluation.of(model.predict(test), test).accuracy();
        }
    }

    private Path file(Bench bench, int epoch) {
        return bench.folder().resolve(arm + "-epoch-" + epoch + ".safetensors");
    }
}
