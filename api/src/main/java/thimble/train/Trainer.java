package thimble.train;

import java.util.List;
import java.util.Optional;
import thimble.backend.Backend;
import thimble.data.Dataset;
import thimble.data.Targets;
import thimble.nn.Layer;
import thimble.tensor.Shape;

/**
 * Trains a network by steps on batches. Batches are consecutive windows over the endless sequence of epoch
 * permutations; a batch is never larger than the data, and there are ⌈epochs · n / batch⌉ steps. The same seed gives
 * the same weights, bit for bit, on one backend.
 *
 * @param backend where it runs
 * @param model the layers; its output has one number per number of the targets
 * @param loss what becomes small
 * @param methods regularizers, in the order in which they act
 * @param optimizer how weights move
 * @param batch examples per step, at least 1
 * @param epochs passes over the data, at least 1
 * @param seed seed of initial weights, order of examples and everything random
 * @param options the rest
 */
public record Trainer(
        Backend backend,
        Layer model,
        Loss loss,
        List<Regularizer> methods,
        Optimizer optimizer,
        int batch,
        int epochs,
        long seed,
        TrainerOptions options)
        implements Learner {
    /**
     * Copies the methods and checks the ranges.
     *
     * @throws IllegalArgumentException if batch or epochs are below 1
     */
    public Trainer {
        methods = List.copyOf(methods);
        Ranges.atLeast("batch", batch, 1);
        Ranges.atLeast("epochs", epochs, 1);
    }

    /** With the standard options. */
    public Trainer(
            Backend backend,
            Layer model,
            Loss loss,
            List<Regularizer> methods,
            Optimizer optimizer,
            int batch,
            int epochs,
            long seed) {
        this(backend, model, loss, methods, optimizer, batch, epochs, seed, TrainerOptions.STANDARD);
    }

    @Override
    public String name() {
        return "network";
    }

    @Override
    public String summary() {
        return "a neural network trained by gradient descent";
    }

    /** This trainer with a number of steps in place of epochs. */
    public Trainer steps(long steps) {
        return with(new TrainerOptions(
                steps, options.stopping(), options.saving(), options.initial(), options.preprocess()));
    }

    /** This trainer with early stopping. */
    public Trainer stopping(Stopping stopping) {
        return with(new TrainerOptions(
                options.steps(), Optional.of(stopping), options.saving(), options.initial(), options.preprocess()));
    }

    /** This trainer with checkpoints. */
    public Trainer saving(Saving saving) {
        return with(new TrainerOptions(
                options.steps(), options.stopping(), Optional.of(saving), options.initial(), options.preprocess()));
    }

    /** This trainer with first values for the variables of these names. */
    public Trainer initial(Weights weights) {
        return with(new TrainerOptions(
                options.steps(), options.stopping(), options.saving(), Optional.of(weights), options.preprocess()));
    }

    /** This trainer with other options. */
    public Trainer with(TrainerOptions changed) {
        return new Trainer(backend, model, loss, methods, optimizer, batch, epochs, seed, changed);
    }

    /** Steps of a training on this many examples. */
    public long stepsFor(int examples) {
        long size = Math.min(batch, examples);
        return options.steps() > 0 ? options.steps() : Math.ceilDiv((long) epochs * examples, size);
    }

    /** Trains on this trainer's backend with its seed. */
    public TrainedModel fit(Dataset train) {
        return fit(train, new LearnContext(backend, seed));
    }

    /**
     * Trains on the backend and with the seed of the context.
     *
     * @throws IllegalArgumentException if model, data, loss and methods do not fit together
     * @throws TrainingDivergedException if the loss is no longer finite
     * @throws java.util.concurrent.CancellationException if the context says so; a checkpoint is saved before
     */
    @Override
    public TrainedModel fit(Dataset train, LearnContext context) {
        try (TrainingRun run = new TrainingRun(prepared(train, context))) {
            return run.fit();
        }
    }

    /** The training before its first step. */
    Preparation prepared(Dataset train, LearnContext context) {
        if (train.size() < 1) {
            throw new IllegalArgumentException(
                    "[training] expected at least one example but '" + train.name() + "' is empty");
        }
        loss.check(train.targets());
        return Preparation.of(this, train, context);
    }

    /** {@inheritDoc} For as many examples as a batch has. */
    @Override
    public void check(Shape example, Targets targets) {
        check(example, targets, batch);
    }

    /**
     * Refuses what training would refuse, without training: builds the step as if methods had measured ones.
     *
     * @param example shape of one example
     * @param targets what is predicted
     * @param examples number of training examples, at least 1
     * @throws IllegalArgumentException if model, targets, loss and methods do not fit together; the text says which
     */
    public void check(Shape example, Targets targets, int examples) {
        check(example, targets, examples, false);
    }

    /**
     * The same.
     *
     * @param pretrained true if first weights will be given that are not known yet
     */
    public void check(Shape example, Targets targets, int examples, boolean pretrained) {
        loss.check(targets);
        int size = Math.min(batch, examples);
        StepSetup declared =
                new StepSetup(model, loss, methods, optimizer, size, example, targets.width(), stepsFor(examples));
        Calibration nominal = new NominalCalibration(
                ForwardPass.trace(declared).parameters(), examples, seed, options.initial(), pretrained);
        TrainingStep.of(declared.with(
                methods.stream().map(method -> method.calibrate(nominal)).toList()));
    }
}
