package thimble.benchmarks.experiments.measurement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.data.Dataset;
import thimble.nn.Parameter;
import thimble.nn.Tap;
import thimble.nn.Trace;
import thimble.tensor.Shape;
import thimble.tensor.Simplify;
import thimble.tensor.Tensor;
import thimble.train.TrainedModel;
import thimble.train.Weights;

/**
 * Root mean square of ‖∂h_l/∂h_{l−1}‖_F over examples for each stage l of a trained network in evaluation mode, h_0 the input, by one random
 * projection per example: E‖vᵀJ‖² = ‖J‖²_F for signs v. Stages are the tapped maps, hidden outputs and the output.
 */
final class LayerGradients {
    private static final String INPUT = "input";
    private static final int BATCH = 50;

    private LayerGradients() {}

    /**
     * What a stage does.
     *
     * @param name name of its tap
     * @param jacobian root mean square of ‖∂h_l/∂h_{l−1}‖_F
     * @param relative the same times rms ‖h_{l−1}‖ over rms ‖h_l‖, which scaling of layers does not change
     */
    record Stage(String name, double jacobian, double relative) {}

    /** All stages from the input on; whole batches of 50 examples, at least one, count. */
    static List<Stage> of(TrainedModel model, Backend backend, Dataset data, long seed) {
        Tensor input = Tensor.batch(INPUT, model.example().withFirst(BATCH)); // [b, …]
        Trace trace = Trace.of(model.layers(), input, Tensor.constant(1, Shape.of(BATCH, 1)), false);
        List<Tap> stages = trace.taps().stream()
                .filter(tap -> switch (tap.kind()) {
                    case MAP, HIDDEN, OUTPUT -> true;
                    case INNER, STATISTIC -> false;
                })
                .toList();
        List<Tensor> outputs = new ArrayList<>(List.of(input.square().sum()));
        Tensor before = input;
        for (Tap stage : stages) {
            Tensor signs = Tensor.signs(
                    "layer-gradients/" + stage.name(), stage.tensor().shape(), true);
            Tensor projected = signs.mul(stage.tensor()).sum().gradient(before); // [b, …] = vᵀ ∂h_l/∂h_{l−1}
            outputs.add(projected.square().sum());
            outputs.add(stage.tensor().square().sum());
            before = stage.tensor();
        }
        double[] sums = sums(model, backend, trace, Simplify.apply(outputs), data, seed);
        double examples = (double) batches(data) * BATCH;
        List<Stage> found = new ArrayList<>();
        double squares = sums[0];
        for (int i = 0; i < stages.size(); i++) {
            double jacobian = Math.sqrt(sums[1 + 2 * i] / examples);
            double next = sums[2 + 2 * i];
            found.add(new Stage(stages.get(i).name(), jacobian, jacobian * Math.sqrt(squares / next)));
            squares = next;
        }
        return found;
    }

    /** Frobenius norm of every kernel, by name, in the order of the layers. */
    static Map<String, Double> kernels(TrainedModel model) {
        Tensor input = Tensor.batch(INPUT, model.example().withFirst(1));
        Map<String, Double> norms = new LinkedHashMap<>();
        Trace.of(model.layers(), input, Tensor.constant(1, Shape.of(1, 1)), false).parameters().stream()
                .filter(parameter -> parameter.role() == Parameter.Role.KERNEL)
                .forEach(parameter -> norms.put(
                        parameter.name(),
                        norm(model.weights()
                                .find(parameter.name())
                                .orElseThrow()
                                .values())));
        return norms;
    }

    private static double[] sums(
            TrainedModel model, Backend backend, Trace trace, List<Tensor> outputs, Dataset data, long seed) {
        int features = Math.toIntExact(model.example().elements());
        float[] batch = new float[BATCH * features];
        float[] value = new float[1];
        double[] sums = new double[outputs.size()];
        try (State state = backend.allocate(Stream.concat(
                        trace.parameters().stream().map(Parameter::tensor),
                        trace.buffers().stream().map(Trace.Buffer::tensor))
                .toList())) {
            for (Weights.Entry entry : model.weights().entries()) {
                state.write(entry.name(), entry.values());
            }
            try (Executable executable =
                    backend.compile(new Graph(outputs, List.of())).bind(state)) {
                for (int b = 0; b < batches(data); b++) {
                    for (int i = 0; i < BATCH; i++) {
                        data.read((b * BATCH + i) % data.size(), 0, batch, i * features);
                        model.preprocessing().input(batch, i * features);
                    }
                    executable.feed(INPUT, batch).run(seed, b);
                    for (int o = 0; o < sums.length; o++) {
                        executable.fetch(o, value);
                        sums[o] += value[0];
                    }
                }
            }
        }
        return sums;
    }

    private static int batches(Dataset data) {
        return Math.max(1, data.size() / BATCH);
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }
}
