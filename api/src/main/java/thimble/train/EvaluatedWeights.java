package thimble.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.State;
import thimble.data.Dataset;
import thimble.tensor.Tensor;

/**
 * The weights that evaluation and the saved model read: those of the training state, or what methods put in their
 * place; in that case the statistics of normalisations are estimated anew.
 */
final class EvaluatedWeights implements AutoCloseable {
    private final StepSetup setup;
    private final Backend backend;
    private final State training;
    private final Dataset data;
    private final long seed;
    private final List<Tensor> variables;
    private final Optional<TrainingStep.Evaluated> instead;
    private final Optional<Executable> program;

    EvaluatedWeights(StepSetup setup, TrainingStep step, Backend backend, State training, Dataset data, long seed) {
        this.setup = setup;
        this.backend = backend;
        this.training = training;
        this.data = data;
        this.seed = seed;
        this.variables = TrainedModel.variables(setup.loss().head(setup.model()), setup.example());
        this.instead = step.evaluated();
        this.program =
                instead.map(evaluated -> backend.compile(evaluated.graph()).bind(training));
    }

    /** A copy of the weights after this many steps. */
    Weights read(long done) {
        List<Weights.Entry> entries = new ArrayList<>();
        for (Tensor variable : variables) {
            float[] values = new float[variable.shape().elements()];
            training.read(Weights.name(variable), values);
            entries.add(new Weights.Entry(Weights.name(variable), variable.shape(), values));
        }
        Weights weights = new Weights(entries);
        instead.ifPresent(evaluated -> replace(evaluated, program.orElseThrow(), weights, done));
        return weights;
    }

    private void replace(TrainingStep.Evaluated evaluated, Executable executable, Weights weights, long done) {
        long step = Math.max(0, done - 1);
        for (StepScalar scalar : evaluated.scalars()) {
            executable.feed(scalar.input(), new float[] {(float) scalar.value().at(seed, step)});
        }
        executable.run(seed, step);
        for (int i = 0; i < evaluated.weights().size(); i++) {
            executable.fetch(
                    i, weights.find(evaluated.weights().get(i)).orElseThrow().values());
        }
        try (State scratch = backend.allocate(variables)) {
            weights.writeAll(scratch);
            Statistics.estimate(setup, backend, scratch, data, seed);
            weights.readAll(scratch);
        }
    }

    @Override
    public void close() {
        program.ifPresent(Executable::close);
    }
}
