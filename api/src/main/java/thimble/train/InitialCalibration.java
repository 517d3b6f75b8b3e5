package thimble.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.data.Dataset;
import thimble.nn.Parameter;
import thimble.tensor.Tensor;

/**
 * Measures the model of a state, at first the initial one, in training mode with the forward hooks of all methods. One example's loss is the
 * step's loss with weight 1 for this example and 0 for the others, so batch statistics stay those of the whole batch.
 */
final class InitialCalibration implements Calibration {
    private final StepSetup setup;
    private final Backend backend;
    private final State state;
    private final Dataset data;
    private final long seed;
    private final Optional<Weights> initial;
    private final List<Parameter> parameters;

    InitialCalibration(
            StepSetup setup, Backend backend, State state, Dataset data, long seed, Optional<Weights> initial) {
        this.setup = setup;
        this.backend = backend;
        this.state = state;
        this.data = data;
        this.seed = seed;
        this.initial = initial;
        this.parameters = ForwardPass.trace(setup).parameters();
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public int examples() {
        return data.size();
    }

    @Override
    public boolean pretrained(Parameter parameter) {
        return initial.flatMap(weights -> weights.find(parameter.name())).isPresent();
    }

    @Override
    public double norm(Parameter parameter) {
        float[] values = new float[parameter.tensor().shape().elements()];
        state.read(parameter.name(), values);
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return StrictMath.sqrt(squares);
    }

    @Override
    public double[] gradientNorms(int examples) {
        if (examples < 1 || examples > data.size()) {
            throw new IllegalArgumentException(
                    "[calibration] expected 1 to " + data.size() + " examples but received " + examples);
        }
        StepGraph.Loss loss = StepGraph.loss(setup);
        List<Tensor> squares = new ArrayList<>();
        StepGraph.gradients(loss.context().loss(), parameters(loss))
                .forEach((_, gradient) -> squares.add(gradient.square().sum()));
        Graph graph = StepGraph.simplified(new Graph(squares, List.of()));
        int batch = setup.batch();
        BatchFeed.Batch rows = BatchFeed.Batch.of(setup);
        double[] norms = new double[parameters.size()];
        float[] weight = new float[batch];
        float[] square = new float[1];
        BatchOrder order = new BatchOrder(data.size(), batch, seed);
        List<StepScalar> scalars = loss.registry().scalars();
        try (Executable executable = backend.compile(graph).bind(state)) {
            for (int i = 0; i < examples; i++) {
                int step = i / batch;
                if (i % batch == 0) {
                    BatchFeed.fill(data, order, step, batch, rows);
                    executable.feed(ForwardPass.INPUT, rows.input()).feed(ForwardPass.TARGET, rows.target());
                    for (StepScalar scalar : scalars) {
                        if (StepRunner.reads(graph, scalar.input())) {
                            executable.feed(
                                    scalar.input(),
                                    new float[] {(float) scalar.value().at(seed, step)});
                        }
                    }
                }
                Arrays.fill(weight, 0);
                weight[i % batch] = 1;
                executable.feed(StepContext.WEIGHT, weight).run(seed, step);
                for (int p = 0; p < norms.length; p++) {
                    executable.fetch(p, square);
                    norms[p] += StrictMath.sqrt(square[0]) / examples;
                }
            }
        }
        return norms;
    }

    private static List<Parameter> parameters(StepGraph.Loss loss) {
        return loss.context().pass().parameters();
    }
}
