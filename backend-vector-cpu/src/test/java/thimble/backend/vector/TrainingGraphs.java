package thimble.backend.vector;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.tensor.Gradients;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Simplify;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/** Training steps written out with primitives, with their data: stochastic gradient descent with momentum on a weighted cross-entropy. */
final class TrainingGraphs {
    private final Map<String, Tensor> variables = new LinkedHashMap<>();

    /** What is added to the loss. */
    enum Penalty {
        NONE,
        SPECTREG,
        DATAGRAD
    }

    /** A network up to its logits. */
    interface Network {
        Tensor logits(TrainingGraphs net, Tensor x);
    }

    private Tensor variable(String name, int... sizes) {
        return variables.computeIfAbsent(name, _ -> Tensor.variable(name, Shape.of(sizes)));
    }

    private Tensor convolution(String name, Tensor x, int filters, Window window) {
        Tensor kernel =
                variable(name + ".kernel", filters, x.shape().size(1), window.kernelHeight(), window.kernelWidth());
        return x.conv2d(kernel, window).add(variable(name + ".bias", filters).reshape(1, filters, 1, 1));
    }

    private Tensor dense(String name, Tensor x, int outputs) {
        Tensor kernel = variable(name + ".kernel", outputs, x.shape().size(1));
        return x.matmulTransposed(kernel).add(variable(name + ".bias", outputs).reshape(1, outputs));
    }

    private Tensor batchNorm(String name, Tensor x) {
        List<Integer> axes = List.of(0, 2, 3);
        int channels = x.shape().size(1);
        Tensor centred = x.sub(x.mean(axes));
        Tensor scaled = centred.div(centred.square().mean(axes).add(1e-5).sqrt());
        Tensor scale = variable(name + ".scale", channels).reshape(1, channels, 1, 1);
        return scaled.mul(scale).add(variable(name + ".shift", channels).reshape(1, channels, 1, 1));
    }

    private static Tensor pool(Tensor x) {
        int[] s = x.shape().toArray();
        return x.reshape(s[0], s[1], s[2] / 2, 2, s[3] / 2, 2)
                .max(List.of(3, 5))
                .reshape(s[0], s[1], s[2] / 2, s[3] / 2);
    }

    private static Tensor overlappingPool(Tensor x) {
        Tensor windows = x.patches(Window.of(3, 3).stride(2));
        int[] s = windows.shape().toArray();
        return windows.max(List.of(2)).reshape(s[0], s[1], s[3], s[4]);
    }

    /** The LeNet-5 with 6 and 16 channels, 120 and 84 units. */
    static Network lenet5(boolean dropout) {
        return (net, x) -> {
            Tensor h = pool(net.convolution("conv1", x, 6, Window.of(5, 5)).relu());
            h = pool(net.convolution("conv2", h, 16, Window.of(5, 5)).relu()).flatten();
            h = net.dense("fc1", h, 120).relu();
            if (dropout) {
                Tensor kept = Tensor.uniform("dropout", h.shape(), true).less(Tensor.scalar(0.5));
                h = h.mul(kept.mul(2));
            }
            return net.dense("fc3", net.dense("fc2", h, 84).relu(), 10);
        };
    }

    /** One small convolution, pooled, and a dense layer. */
    static Network tiny() {
        return (net, x) -> net.dense(
                "fc",
                pool(net.convolution("conv", x, 2, Window.of(3, 3)).relu()).flatten(),
                3);
    }

    /** A strided convolution with padding, batch norm, overlapping pool, tanh. */
    static Network mixed() {
        return (net, x) -> {
            Tensor kernel = net.variable("conv1.kernel", 4, x.shape().size(1), 3, 3);
            Tensor h = x.conv2d(kernel, Window.of(3, 3).stride(2).padding(1));
            h = overlappingPool(net.batchNorm("norm", h).relu());
            h = net.convolution("conv2", h, 6, Window.of(3, 3).padding(1)).tanh();
            return net.dense("fc", h.flatten(), 10);
        };
    }

    /** One step: the loss is output 0. */
    static Graph step(Network network, Shape input, int classes, Penalty penalty) {
        TrainingGraphs net = new TrainingGraphs();
        int n = input.size(0);
        Tensor x = Tensor.batch("x", input);
        Tensor y = Tensor.batch("y", Shape.of(n, classes));
        Tensor weight = Tensor.batch("weight", Shape.of(n, 1));
        Tensor traced = network.logits(net, x);
        Tensor crossEntropy = traced.logSoftmax().mul(y).sumPerExample().neg();
        Map<Tensor, Tensor> simple = Simplify.beforeGradients(List.of(crossEntropy), List.of(x, traced));
        Tensor logits = simple.get(traced);
        Tensor each = simple.get(crossEntropy);
        Tensor loss = each.mul(weight).sum().div(weight.sum());
        Tensor lambda = Tensor.input("lambda");
        Tensor added = switch (penalty) {
            case NONE -> Tensor.scalar(0);
            case SPECTREG -> {
                Tensor signs = Tensor.signs("spectreg", logits.shape(), true);
                yield signs.mul(logits).sum().gradient(x).square().sum();
            }
            case DATAGRAD -> each.sum().gradient(x).square().sum();
        };
        loss = penalty == Penalty.NONE ? loss : loss.add(added.mul(lambda).div(n));
        List<Tensor> weights = List.copyOf(net.variables.values());
        List<Tensor> gradients = Gradients.of(loss, weights);
        Tensor rate = Tensor.input("rate");
        List<Graph.Update> updates = new ArrayList<>();
        int i = 0;
        for (var entry : net.variables.entrySet()) {
            String name = entry.getKey() + ".velocity";
            Tensor velocity =
                    Tensor.variable(name, entry.getValue().shape()).mul(0.9).add(gradients.get(i++));
            updates.add(new Graph.Update(name, velocity));
            updates.add(new Graph.Update(entry.getKey(), entry.getValue().sub(velocity.mul(rate))));
        }
        List<Tensor> values = new ArrayList<>(List.of(loss));
        updates.forEach(update -> values.add(update.value()));
        List<Tensor> roots = Simplify.apply(values);
        List<Graph.Update> simplified = new ArrayList<>();
        for (int k = 0; k < updates.size(); k++) {
            simplified.add(new Graph.Update(updates.get(k).variable(), roots.get(k + 1)));
        }
        return new Graph(roots.subList(0, 1), simplified);
    }

    /** The variables of a graph. */
    static List<Tensor> variables(Graph graph) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        for (Tensor t : Tensor.topological(graph.roots())) {
            if (t.op() instanceof Op.Variable(var name, var _)) {
                found.putIfAbsent(name, t);
            }
        }
        return List.copyOf(found.values());
    }

    /** A state with weights drawn by a seed. */
    static State state(Backend backend, Graph graph, long seed) {
        State state = backend.allocate(variables(graph));
        Random random = new Random(seed);
        for (Tensor t : variables(graph)) {
            if (t.op() instanceof Op.Variable(var name, var shape) && !name.endsWith("velocity")) {
                float[] values = new float[shape.elements()];
                double scale = Math.sqrt(2.0 * shape.size(0) / shape.elements());
                for (int i = 0; i < values.length; i++) {
                    values[i] = shape.rank() == 1
                            ? (name.endsWith("scale") ? 1 : 0.1f)
                            : (float) (scale * random.nextGaussian());
                }
                state.write(name, values);
            }
        }
        return state;
    }

    /** Feeds every input of a graph but the key; images come from a seed, weights of examples are not all the same. */
    static void feed(Graph graph, Executable executable, long seed, double lambda) {
        Random random = new Random(seed);
        List<String> fed = new ArrayList<>();
        for (Tensor t : Tensor.topological(graph.roots())) {
            if (t.op() instanceof Op.Input(var name, var shape, var _, int _)
                    && !name.equals("key")
                    && !fed.contains(name)) {
                fed.add(name);
                executable.feed(name, values(name, shape, random, lambda));
            }
        }
    }

    private static float[] values(String name, Shape shape, Random random, double lambda) {
        float[] values = new float[shape.elements()];
        switch (name) {
            case "x" -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Math.max(0, (float) random.nextGaussian());
                }
            }
            case "y" -> {
                for (int i = 0; i < shape.size(0); i++) {
                    values[i * shape.size(1) + random.nextInt(shape.size(1))] = 1;
                }
            }
            case "weight" -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = 1 + i % 3;
                }
            }
            default -> values[0] = name.equals("rate") ? 0.01f : (float) lambda;
        }
        return values;
    }
}
