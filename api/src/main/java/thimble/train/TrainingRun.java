package thimble.train;

import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import thimble.backend.Backend;
import thimble.backend.State;
import thimble.data.Dataset;
import thimble.data.Preprocessing;
import thimble.nn.Initializers;

/** One training from the first step to the trained model. */
final class TrainingRun implements AutoCloseable {
    private static final int SNAPSHOT_EVERY = 64;

    private final Trainer trainer;
    private final Dataset raw;
    private final LearnContext context;
    private final Backend backend;
    private final Preprocessing preprocessing;
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

    TrainingRun(Trainer trainer, Dataset raw, LearnContext context) {
        this.trainer = trainer;
        this.raw = raw;
        this.context = context;
        this.backend = context.backend();
        this.preprocessing = trainer.options().preprocess() ? Preprocessing.fit(raw) : Preprocessing.NONE;
        this.data = preprocessing.apply(raw);
        StepSetup declared = new StepSetup(
                trainer.model(),
                trainer.loss(),
                trainer.methods(),
                trainer.optimizer(),
                Math.min(trainer.batch(), raw.size()),
                raw.example(),
                raw.targets().width(),
                trainer.stepsFor(raw.size()));
        this.setup = calibrated(declared);
        this.step = TrainingStep.of(setup);
        this.state = initial(step.variables());
        open.push(state::close);
        try {
            this.runner = new StepRunner(step, backend, state, setup.batch());
            open.push(runner::close);
            this.evaluated = new EvaluatedWeights(setup, step, backend, state, data, context.seed());
            open.push(evaluated::close);
            this.stopping = trainer.options()
                    .stopping()
                    .map(rule -> new EarlyStopping(rule, setup, backend, preprocessing.apply(rule.validation())));
            stopping.ifPresent(rule -> open.push(rule::close));
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
        this.snapshot = new Weights(List.of());
    }

    private StepSetup calibrated(StepSetup declared) {
        if (declared.methods().isEmpty()) {
            return declared;
        }
        try (State first = initial(TrainingStep.variables(ForwardPass.trace(declared)))) {
            InitialCalibration before = measured(declared, first);
            List<Regularizer> methods = new ArrayList<>();
            declared.methods().forEach(method -> methods.add(method.calibrate(before)));
            return declared.with(methods);
        }
    }

    private InitialCalibration measured(StepSetup of, State at) {
        return new InitialCalibration(
                of, backend, at, data, context.seed(), trainer.options().initial());
    }

    private State initial(List<StateVariable> variables) {
        State allocated =
                backend.allocate(variables.stream().map(StateVariable::tensor).toList());
        try {
            fill(allocated, variables);
            return allocated;
        } catch (RuntimeException | Error failure) {
            allocated.close();
            throw failure;
        }
    }

    private void fill(State allocated, List<StateVariable> variables) {
        for (StateVariable variable : variables) {
            allocated.write(
                    variable.name(),
                    Initializers.values(
                            variable.initializer(),
                            variable.name(),
                            variable.tensor().shape(),
                            context.seed()));
        }
        trainer.options().initial().ifPresent(weights -> weights.writeKnown(allocated));
        for (StateVariable variable : variables) {
            float[] values = new float[variable.tensor().shape().elements()];
            variable.like().ifPresent(weight -> {
                allocated.read(weight, values);
                allocated.write(variable.name(), values);
            });
        }
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
        return new TrainedModel(
                backend,
                trainer.model(),
                trainer.loss(),
                raw.example(),
                raw.targets(),
                raw.features(),
                preprocessing,
                weights,
                Provenance.of(trainer, setup, raw, context.seed(), backend, numbers()));
    }

    private void train(BatchFeed feed, long first) {
        TrainingListener listener = context.listener();
        int every = Math.max(1, listener.every());
        int measured = listener.measureEvery();
        for (long at = first; at < setup.steps(); at++) {
            if (context.cancelled().getAsBoolean()) {
                save(at);
                throw new CancellationException(
                        "training was cancelled after " + at + " of " + setup.steps() + " steps");
            }
            if (measured > 0 && at % measured == 0) {
                listener.measure(at, measured(setup, state));
            }
            if (at - snapshotStep >= SNAPSHOT_EVERY) {
                snapshot.readAll(state);
                snapshotStep = at;
            }
            float loss = runner.run(context.seed(), at, feed.take(at));
            feed.release(at);
            if (!Float.isFinite(loss)) {
                throw diverged(at);
            }
            long done = at + 1;
            if (done % every == 0 || done == setup.steps()) {
                listener.step(done, setup.steps(), loss);
            }
            if (stopping.isPresent()
                    && stopping.get().due(done, setup.steps())
                    && stopping.get().ends(evaluated.read(done))) {
                return;
            }
            if (trainer.options().saving().isPresent()
                    && done % trainer.options().saving().get().every() == 0) {
                save(done);
            }
        }
        if (measured > 0) {
            listener.measure(setup.steps(), measured(setup, state));
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
        if (!checkpoint.calibrated().equals(numbers())) {
            throw new IllegalStateException("[" + saving.get().file() + "] expected the run-time numbers " + numbers()
                    + " but received " + checkpoint.calibrated());
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
                                numbers(),
                                Weights.of(state),
                                stopping.flatMap(EarlyStopping::best))
                        .save(saving.file()));
    }

    /** Everything that decides the training, but the data themselves and the seed. */
    private String text() {
        return "model " + setup.model() + "\nloss " + setup.loss() + "\nmethods " + trainer.methods() + "\noptimizer "
                + setup.optimizer() + "\nbatch " + setup.batch() + "\nsteps " + setup.steps() + "\ndata " + raw.name()
                + " "
                + raw.size() + " x " + raw.example() + "\nbackend " + backend.name();
    }

    /** Run-time numbers that do not change, calibrated ones among them. */
    private Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (StepScalar scalar : step.scalars()) {
            if (scalar.constant()) {
                numbers.put(scalar.input(), scalar.value().at(0, 0));
            }
        }
        return numbers;
    }

    /** Goes back to the last snapshot, repeats the steps up to the bad one, and runs that one on the reference. */
    private TrainingDivergedException diverged(long at) {
        snapshot.writeAll(state);
        BatchOrder order = new BatchOrder(data.size(), setup.batch(), context.seed());
        BatchFeed.Batch batch = BatchFeed.Batch.of(setup);
        for (long again = snapshotStep; again <= at; again++) {
            BatchFeed.fill(data, order, again, setup.batch(), batch);
            if (again < at) {
                runner.run(context.seed(), again, batch);
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
