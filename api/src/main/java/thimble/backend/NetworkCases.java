package thimble.backend;

import java.util.ArrayList;
import java.util.List;
import thimble.tensor.Gradients;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/** Whole training steps: a model, a loss, gradients and updates, over a state. */
final class NetworkCases {
    private static final int[] BATCHES = {1, 3, 10, 50};

    private NetworkCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>();
        for (int batch : BATCHES) {
            cases.add(mlp(batch));
            cases.add(lenet(batch));
        }
        return cases;
    }

    /** tanh network with momentum, and an evaluation program over the same state. */
    private static ConformanceCase mlp(int batch) {
        ConformanceCase.Values values = new ConformanceCase.Values();
        Tensor x = values.batch("x", -1, 1, batch, 12);
        Tensor target = values.oneHot("target", batch, 5);
        Tensor hidden = dense(values, "hidden", x, 12, 20).tanh();
        Tensor logits = dense(values, "out", hidden, 20, 5);
        Tensor loss = crossEntropy(logits, target);
        Graph train = step(values, loss);
        Graph evaluate = new Graph(List.of(logits.softmax(), logits.argMax(1)), List.of());
        return new ConformanceCase("mlp, batch " + batch, values, List.of(train, evaluate), 2, false);
    }

    /** Two convolutions with pooling, dropout and dense layers. */
    private static ConformanceCase lenet(int batch) {
        ConformanceCase.Values values = new ConformanceCase.Values();
        Tensor x = values.batch("x", 0, 1, batch, 1, 16, 16);
        Tensor target = values.oneHot("target", batch, 10);
        Tensor first = pool(conv(values, "conv1", x, 6, Window.of(5, 5)).relu());
        Tensor second = pool(conv(values, "conv2", first, 8, Window.of(3, 3)).relu());
        Tensor hidden = dense(values, "hidden", second.flatten(), 32, 24).relu();
        Tensor keep = Tensor.uniform("dropout", hidden.shape(), true)
                .less(Tensor.scalar(0.5))
                .mul(2);
        Tensor logits = dense(values, "out", hidden.mul(keep), 24, 10);
        return new ConformanceCase(
                "lenet, batch " + batch, values, List.of(step(values, crossEntropy(logits, target))), 2, false);
    }

    private static Tensor dense(ConformanceCase.Values values, String name, Tensor x, int in, int out) {
        Tensor weights = values.variable(name + ".weights", 1 / Math.sqrt(in), out, in);
        return x.matmulTransposed(weights).add(values.variable(name + ".bias", 0.1, 1, out));
    }

    private static Tensor conv(ConformanceCase.Values values, String name, Tensor x, int out, Window window) {
        int in = x.shape().size(1) / window.groups();
        double scale = 1 / Math.sqrt(in * window.kernelHeight() * window.kernelWidth());
        Tensor kernel = values.variable(name + ".kernel", scale, out, in, window.kernelHeight(), window.kernelWidth());
        return x.conv2d(kernel, window).add(values.variable(name + ".bias", 0.1, 1, out, 1, 1));
    }

    private static Tensor pool(Tensor x) {
        Shape s = x.shape();
        int height = s.size(2) / 2;
        int width = s.size(3) / 2;
        return x.reshape(s.size(0), s.size(1), height, 2, width, 2)
                .max(List.of(3, 5))
                .reshape(s.size(0), s.size(1), height, width);
    }

    private static Tensor crossEntropy(Tensor logits, Tensor target) {
        return logits.logSoftmax().mul(target).sum().neg().div(logits.shape().size(0));
    }

    /** Loss as output; v ← 0.9 v + g and w ← w − 0.1 v for every variable. */
    private static Graph step(ConformanceCase.Values values, Tensor loss) {
        List<Tensor> weights = values.variables();
        List<Tensor> gradients = Gradients.of(loss, weights);
        List<Graph.Update> updates = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            String name = ((Op.Variable) weights.get(i).op()).name();
            Tensor velocity = values.variable(
                    name + ".velocity", 0.01, weights.get(i).shape().toArray());
            Tensor next = velocity.mul(0.9).add(gradients.get(i));
            updates.add(new Graph.Update(name + ".velocity", next));
            updates.add(new Graph.Update(name, weights.get(i).sub(next.mul(0.1))));
        }
        return new Graph(List.of(loss), updates);
    }
}
