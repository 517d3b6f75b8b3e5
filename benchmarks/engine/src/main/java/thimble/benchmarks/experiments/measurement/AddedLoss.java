package thimble.benchmarks.experiments.measurement;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.ReferenceBackend;
import thimble.backend.State;
import thimble.data.Dataset;
import thimble.nn.Parameter;
import thimble.nn.Trace;
import thimble.tensor.Shape;
import thimble.tensor.Simplify;
import thimble.tensor.Tensor;
import thimble.train.BinaryCrossEntropy;
import thimble.train.Loss;
import thimble.train.TrainedModel;
import thimble.train.Weights;

/**
 * What normal noise on the inputs of a trained network adds to its mean loss, in double precision. Noise is drawn in pairs ±r, and ½σ² rᵀHr
 * is taken away from what a draw adds, as its expectation ½σ² tr H is known exactly, H = ∂²L/∂x².
 *
 * @param part share of the squared Jacobian in the term ½σ² tr H
 * @param share what noise of a standard deviation σ adds, over the term
 */
record AddedLoss(double part, DoubleUnaryOperator share) {
    private static final String INPUT = "input";
    private static final String TARGET = "target";
    private static final String SIGMA = "sigma";
    private static final int DRAWS = 50;

    double share(double sigma) {
        return share.applyAsDouble(sigma);
    }

    /** Measures on all examples of a data set, with squared error or binary cross-entropy. */
    static AddedLoss of(TrainedModel model, Dataset data, long seed) {
        int n = data.size();
        int width = data.targets().width();
        Tensor input = Tensor.batch(INPUT, model.example().withFirst(n)); // [n, d]
        Tensor target = Tensor.batch(TARGET, Shape.of(n, width)); // [n, k]
        Tensor ones = Tensor.constant(1, Shape.of(n, 1));
        Trace trace = Trace.of(model.layers(), input, ones, false);
        Tensor loss = model.loss().perExample(trace.output(), target).sum();
        Tensor gradient = loss.gradient(input); // [n, d]
        Tensor noise = Tensor.normal("added-loss", input.shape(), true);
        Tensor curved = gradient.mul(noise).sum().gradient(input).mul(noise).sum(); // Σ rᵀHr
        Tensor sigma = Tensor.input(SIGMA, 1).reshape();
        Tensor up = lossAt(trace, model, input.add(noise.mul(sigma)), ones, target);
        Tensor down = lossAt(trace, model, input.sub(noise.mul(sigma)), ones, target);
        Tensor rest = up.add(down)
                .mul(0.5)
                .sub(loss)
                .sub(curved.mul(sigma.square()).mul(0.5))
                .div(n);
        Tensor trace2 = trace(gradient, input).div(n);
        Tensor part = part(model.loss(), trace.output(), input).div(n);
        Program program = new Program(model, trace, data, List.of(rest, trace2, part));
        double[] fixed = program.means(0, seed, 1);
        return new AddedLoss(fixed[2] / fixed[1], s -> 1 + program.means(s, seed, DRAWS)[0] / (0.5 * s * s * fixed[1]));
    }

    private static Tensor lossAt(Trace trace, TrainedModel model, Tensor at, Tensor ones, Tensor target) {
        Tensor output = trace.again(model.layers(), "", at, ones, false).output();
        return model.loss().perExample(output, target).sum();
    }

    /** Σ over examples of tr ∂²L/∂x². */
    private static Tensor trace(Tensor gradient, Tensor input) {
        Tensor sum = Tensor.scalar(0);
        for (int j = 0; j < input.shape().size(1); j++) {
            Tensor row = gradient.slice(1, j, j + 1).sum().gradient(input); // [n, d] = ∂²L/∂x_j∂x
            sum = sum.add(row.slice(1, j, j + 1).sum());
        }
        return sum;
    }

    /** Σ over examples of Σ_k ∂²L/∂z_k² ‖∂z_k/∂x‖². */
    private static Tensor part(Loss loss, Tensor output, Tensor input) {
        Tensor sum = Tensor.scalar(0);
        int width = output.shape().size(1);
        for (int k = 0; k < width; k++) {
            Tensor z = output.slice(1, k, k + 1); // [n, 1]
            Tensor squares = z.sum().gradient(input).square().sumPerExample(); // [n, 1]
            Tensor p = z.sigmoid();
            Tensor bent = loss instanceof BinaryCrossEntropy
                    ? p.mul(p.neg().add(1))
                    : Tensor.constant(2.0 / width, z.shape());
            sum = sum.add(squares.mul(bent).sum());
        }
        return sum;
    }

    /** The graph with the weights of the model and the whole data set as its batch. */
    private record Program(TrainedModel model, Trace trace, Dataset data, List<Tensor> outputs) {
        double[] means(double sigma, long seed, int draws) {
            int n = data.size();
            int features = Math.toIntExact(model.example().elements());
            int width = data.targets().width();
            float[] inputs = new float[n * features];
            float[] targets = new float[n * width];
            Dataset scaled = model.preprocessing().apply(data);
            for (int i = 0; i < n; i++) {
                scaled.read(i, 0, inputs, i * features, targets, i * width);
            }
            Backend backend = new ReferenceBackend();
            double[] means = new double[outputs.size()];
            try (State state = backend.allocate(Stream.concat(
                            trace.parameters().stream().map(Parameter::tensor),
                            trace.buffers().stream().map(Trace.Buffer::tensor))
                    .toList())) {
                for (Weights.Entry entry : model.weights().entries()) {
                    state.write(entry.name(), entry.values());
                }
                Graph graph = new Graph(Simplify.apply(outputs), List.of());
                try (Executable executable = backend.compile(graph).bind(state)) {
                    executable.feed(INPUT, inputs).feed(TARGET, targets).feed(SIGMA, new float[] {(float) sigma});
                    float[] value = new float[1];
                    for (int draw = 0; draw < draws; draw++) {
                        executable.run(seed, draw);
                        for (int o = 0; o < means.length; o++) {
                            executable.fetch(o, value);
                            means[o] += value[0] / draws;
                        }
                    }
                }
            }
            return means;
        }
    }
}
