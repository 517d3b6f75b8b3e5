package thimble.benchmarks.experiments.measurement;

import java.util.List;
import java.util.stream.Stream;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.nn.Trace;
import thimble.tensor.Shape;
import thimble.tensor.Simplify;
import thimble.tensor.Tensor;
import thimble.train.TrainedModel;
import thimble.train.Weights;

/** ‖∂z/∂x‖_F of a trained network in evaluation mode at any points, exact: one backward pass per logit. For one thread. */
final class InputGradients implements AutoCloseable {
    private static final String INPUT = "input";
    private static final int BATCH = 50;

    private final TrainedModel model;
    private final State state;
    private final Executable executable;
    private final int features;

    private InputGradients(TrainedModel model, State state, Executable executable, int features) {
        this.model = model;
        this.state = state;
        this.executable = executable;
        this.features = features;
    }

    /** The gradients of a model. */
    static InputGradients of(TrainedModel model, Backend backend) {
        Shape example = model.example();
        Tensor input = Tensor.batch(INPUT, example.withFirst(BATCH)); // [b, …]
        Trace trace = Trace.of(model.layers(), input, Tensor.constant(1, Shape.of(BATCH, 1)), false);
        Tensor logits = trace.output(); // [b, m]
        Tensor squares = Tensor.constant(0, Shape.of(BATCH, 1));
        for (int k = 0; k < logits.shape().size(1); k++) {
            Tensor row = logits.slice(1, k, k + 1).sum().gradient(input); // [b, …]
            squares = squares.add(row.square().sumPerExample());
        }
        // The logits keep the input in the graph of a linear model, whose gradient does not depend on it.
        List<Tensor> outputs = Simplify.apply(List.of(squares.sqrt(), logits));
        State state = backend.allocate(Stream.concat(
                        trace.parameters().stream().map(parameter -> parameter.tensor()),
                        trace.buffers().stream().map(Trace.Buffer::tensor))
                .toList());
        for (Weights.Entry entry : model.weights().entries()) {
            state.write(entry.name(), entry.values());
        }
        Executable executable = backend.compile(new Graph(outputs, List.of())).bind(state);
        return new InputGradients(model, state, executable, Math.toIntExact(example.elements()));
    }

    /** One norm per point; points are as the data set has them, gradients with respect to what enters the network. */
    double[] jacobianNorms(float[][] points) {
        double[] norms = new double[points.length];
        float[] batch = new float[BATCH * features];
        float[] found = new float[BATCH];
        for (int from = 0; from < points.length; from += BATCH) {
            int count = Math.min(BATCH, points.length - from);
            for (int i = 0; i < BATCH; i++) {
                System.arraycopy(points[from + Math.min(i, count - 1)], 0, batch, i * features, features);
                model.preprocessing().input(batch, i * features);
            }
            executable.feed(INPUT, batch).run(0, 0);
            executable.fetch(0, found);
            for (int i = 0; i < count; i++) {
                norms[from + i] = found[i];
            }
        }
        return norms;
    }

    @Override
    public void close() {
        try (state) {
            executable.close();
        }
    }
}
