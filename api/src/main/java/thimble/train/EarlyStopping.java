package thimble.train;

import java.util.Optional;
import thimble.backend.Backend;
import thimble.backend.State;
import thimble.data.Dataset;

/** Keeps the best weights on held-out examples and says when training brings nothing more. */
final class EarlyStopping implements AutoCloseable {
    private final Stopping rule;
    private final Dataset validation;
    private final State state;
    private final EvaluationProgram.Bound program;
    private Optional<Checkpoint.Best> best = Optional.empty();

    EarlyStopping(Stopping rule, StepSetup setup, Backend backend, Dataset validation) {
        this.rule = rule;
        this.validation = validation;
        this.state = backend.allocate(TrainedModel.variables(setup.loss().head(setup.model()), setup.example()));
        try {
            this.program = EvaluationProgram.of(
                            backend,
                            setup.model(),
                            setup.loss(),
                            setup.example(),
                            setup.targets(),
                            EvaluationProgram.size(validation.size()))
                    .bind(state);
        } catch (RuntimeException | Error failure) {
            state.close();
            throw failure;
        }
    }

    Optional<Checkpoint.Best> best() {
        return best;
    }

    void resume(Optional<Checkpoint.Best> known) {
        best = known;
    }

    boolean due(long done, long steps) {
        return done % rule.every() == 0 || done == steps;
    }

    /** Evaluates weights; true if patience is at its end. */
    boolean ends(Weights weights) {
        weights.writeAll(state);
        double loss = program.meanLoss(validation);
        if (best.isEmpty() || loss < best.get().loss()) {
            best = Optional.of(new Checkpoint.Best(loss, 0, weights));
        } else {
            Checkpoint.Best before = best.get();
            best = Optional.of(new Checkpoint.Best(before.loss(), before.worse() + 1, before.weights()));
        }
        return best.get().worse() >= rule.patience();
    }

    @Override
    public void close() {
        program.close();
        state.close();
    }
}
