package thimble.backend;

import java.util.ArrayList;
import java.util.List;
import thimble.tensor.Gradients;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/** What the whole graphs of the conformance cases are made of: layers, losses and a training step. */
final class NetworkParts {
    private NetworkParts() {}

    static Tensor dense(ConformanceCase.Values values, String name, Tensor x, int in, int out) {
        Tensor weights = values.variable(name + ".weights", 1 / Math.sqrt(in), out, in);
        return x.matmulTransposed(weights).add(values.variable(name + ".bias", 0.1, 1, out));
    }

    static Tensor conv(ConformanceCase.Values values, String name, Tensor x, int out, Window window) {
        int in = x.shape().size(1) / window.groups();
        double scale = 1 / Math.sqrt(in * window.kernelHeight() * window.kernelWidth());
        Tensor kernel = values.variable(name + ".kernel", scale, out, in, window.kernelHeight(), window.kernelWidth());
        return x.conv2d(kernel, window).add(values.variable(name + ".bias", 0.1, 1, out, 1, 1));
    }

    static Tensor pool(Tensor x) {
        Shape s = x.shape();
        int height = s.size(2) / 2;
        int width = s.size(3) / 2;
        return x.reshape(s.size(0), s.size(1), height, 2, width, 2)
                .max(List.of(3, 5))
                .reshape(s.size(0), s.size(1), height, width);
    }

    static Tensor crossEntropy(Tensor logits, Tensor target) {
        return logits.logSoftmax().mul(target).sum().neg().div(logits.shape().size(0));
    }

    /** Batch norm by the statistics of the batch, without scale and shift. */
    static Tensor normalised(Tensor x) {
        List<Integer> axes = List.of(0, 2, 3);
        Tensor centred = x.sub(x.mean(axes));
        return centred.div(centred.square().mean(axes).add(1e-3).sqrt());
    }

    /** Pool over windows that overlap. */
    static Tensor overlappingPool(Tensor x) {
        Tensor patches = x.patches(Window.of(3, 3).stride(2));
        Shape s = patches.shape();
        return patches.max(List.of(2)).reshape(s.size(0), s.size(1), s.size(3), s.size(4));
    }

    /** One step of a gated recurrent unit without biases: state h [n, k], projected input [n, 3k]. */
    static Tensor recurrent(Tensor h, Tensor projected, Tensor weights) {
        int k = h.shape().size(1);
        Tensor recurrent = h.matmulTransposed(weights); // [n, 3k]
        Tensor reset = projected.slice(1, 0, k).add(recurrent.slice(1, 0, k)).sigmoid();
        Tensor update =
                projected.slice(1, k, 2 * k).add(recurrent.slice(1, k, 2 * k)).sigmoid();
        Tensor candidate = projected
                .slice(1, 2 * k, 3 * k)
                .add(reset.mul(recurrent.slice(1, 2 * k, 3 * k)))
                .tanh();
        return candidate.add(update.mul(h.sub(candidate)));
    }

    /** Mean squared norm of the gradient of a scalar with respect to each example. */
    static Tensor gradientNorm(Tensor scalar, Tensor x) {
        return scalar.gradient(x).square().sum().div(x.shape().size(0));
    }

    /** Loss as output; v ← 0.9 v + g and w ← w − 0.1 v for every variable. */
    static Graph step(ConformanceCase.Values values, Tensor loss) {
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
