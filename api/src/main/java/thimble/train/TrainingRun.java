package thimble.train;

import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import thimble.backend.Backend;
import thimble.backend.State;
import thimble.data.Dataset;

/** One training from the first step to the trained model. */
final class TrainingRun implements AutoCloseable {
    private static final int SNAPSHOT_EVERY = 64;

    private final Preparation plan;
    private final Trainer trainer;
    private final LearnContext context;
    private final Dataset data;
    private final StepSetup setup;
    private final TrainingStep step;
    private final State state;
    private final StepRunner runner;
    private final EvaluatedWeights evaluated;
    private final Optional<EarlyStopping> stopping;
    private final Deque<Runnable> open = new ArrayDeque<>();
    private Weights snapshot;
    private long snapshotStep;
    private float loss;

    TrainingRun(Preparation plan) {
        this.plan = plan;
        this.trainer = plan.trainer();
        this.context = plan.context();
        this.data = plan.data();
        this.setup = plan.setup();
        this.step = plan.step();
        this.state = plan.initial();
        Backend backend = plan.backend();
        open.push(state::close);
        try {
            this.runner = new StepRunner(step, backend, state, setup.batch());
            open.push(runner::close);
            this.evaluated = new EvaluatedWeights(setup, step, backend, state, data, context.seed());
            open.push(evaluated::close);
            this.stopping = trainer.options()
                    .stopping()
                    .map(rule -> new EarlyStopping(
                            rule, setup, backend, plan.preprocessing().apply(rule.validation())));
            stopping.ifPresent(rule -> open.push(rule::close));
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
        this.snapshot = new Weights(List.of());
    }

    TrainedModel fit() {
        long first = resume();
        snapshot = Weights.of(state);
        snapshotStep = first;
        try (BatchFeed feed = new BatchFeed(data, setup.batch(), context.seed(), first, setup.steps())) {
            train(feed, first);
        }
        Weights weights = stopping.flatMap(EarlyStopping::best)
                .map(Checkpoint.Best::weights)
                .orElseGet(() -> evaluated.read(setup.steps()));
        return plan.model(weights);
    }

    private void train(BatchFeed feed, long first) {
        TrainingListener listener = context.listener();
        int every = Math.max(1, listener.every());
        int measured = listener.measureEvery();
        feed(feed, first);
        for (long at = first; at < setup.steps(); at++) {
            if (context.cancelled().getAsBoolean()) {
                settle(at);
                save(at);
                throw new CancellationException(
                        "training was cancelled after " + at + " of " + setup.steps() + " steps");
            }
            if (measured > 0 && at % measured == 0) {
                settle(at);
                listener.measure(at, plan.measured(state));
            }
            if (at - snapshotStep >= SNAPSHOT_EVERY) {
                settle(at);
                snapshot.readAll(state);
                snapshotStep = at;
            }
            runner.run(context.seed(), at);
            long done = at + 1;
            feed(feed, done);
            if (runner.full()) {
                settle(done);
            }
            if (done % every == 0 || done == setup.steps()) {
                settle(done);
                listener.step(done, setup.steps(), loss);
            }
            if (stopping.isPresent() && stopping.get().due(done, setup.steps())) {
                settle(done);
                if (stopping.get().ends(evaluated.read(done))) {
                    return;
                }
            }
            if (trainer.options().saving().isPresent()
                    && done % trainer.options().saving().get().every() == 0) {
                settle(done);
                save(done);
            }
        }
        if (measured > 0) {
            listener.measure(setup.steps(), plan.measured(state));
        }
    }

    /** Hands the batch of a step over, if there is such a step. */
    private void feed(BatchFeed feed, long at) {
        if (at < setup.steps()) {
            runner.feed(context.seed(), at, feed.take(at));
            feed.release(at);
        }
    }

    /**
     * Waits for the steps begun so far.
     *
     * @throws TrainingDivergedException if the loss of one is not finite
     */
    private void settle(long done) {
        int read = runner.read();
        for (int i = 0; i < read; i++) {
            loss = runner.loss(i);
            if (!Float.isFinite(loss)) {
                throw diverged(done - read + i);
            }
        }
    }

    /** Steps done by an earlier run that was interrupted. */
    private long resume() {
        Optional<Saving> saving = trainer.options().saving();
        if (saving.isEmpty() || !Files.exists(saving.get().file())) {
            return 0;
        }
        Checkpoint checkpoint = Checkpoint.load(saving.get().file());
        if (checkpoint.seed() != context.seed() || !checkpoint.setup().equals(text())) {
            throw new IllegalStateException("[" + saving.get().file()
                    + "] expected a checkpoint of this training, seed " + context.seed() + " and\n" + text()
                    + "\nbut received one of seed " + checkpoint.seed() + " and\n" + checkpoint.setup());
        }
        if (!checkpoint.calibrated().equals(plan.numbers())) {
            throw new IllegalStateException("[" + saving.get().file() + "] expected the run-time numbers "
                    + plan.numbers() + " but received " + checkpoint.calibrated());
        }
        checkpoint.variables().writeAll(state);
        stopping.ifPresent(rule -> rule.resume(checkpoint.best()));
        return checkpoint.step();
    }

    private void save(long done) {
        trainer.options()
                .saving()
                .ifPresent(saving -> new Checkpoint(
                                text(),
                                context.seed(),
                                done,
                                plan.numbers(),
                                Weights.of(state),
                                stopping.flatMap(EarlyStopping::best))
                        .save(saving.file()));
    }

    /** Everything that decides the training, but the data themselves and the seed. */
    private String text() {
        Dataset raw = plan.raw();
        return "model " + setup.model() + "\nloss " + setup.loss() + "\nmethods " + trainer.methods() + "\noptimizer "
                + setup.optimizer() + "\nbatch " + setup.batch() + "\nsteps " + setup.steps() + "\ndata " + raw.name()
                + " " + raw.size() + " x " + raw.example() + "\nbackend "
                + plan.backend().name();
    }

    /** Goes back to the last snapshot, repeats the steps up to the bad one, and runs that one on the reference. */
    private TrainingDivergedException diverged(long at) {
        snapshot.writeAll(state);
        BatchOrder order = new BatchOrder(data.size(), setup.batch(), context.seed());
        BatchFeed.Batch batch = BatchFeed.Batch.of(setup);
        for (long again = snapshotStep; again <= at; again++) {
            BatchFeed.fill(data, order, again, setup.batch(), batch);
            if (again < at) {
                runner.feed(context.seed(), again, batch);
                runner.run(context.seed(), again);
                runner.read();
            }
        }
        List<Regularizer> methods =
                step.variants().get(step.variant(context.seed(), at)).methods();
        return Divergence.find(setup.with(methods), state, context.seed(), at, batch);
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            open.pop().run();
        }
    }
}
