package thimble.backend;

import static thimble.backend.NetworkParts.conv;
import static thimble.backend.NetworkParts.crossEntropy;
import static thimble.backend.NetworkParts.dense;
import static thimble.backend.NetworkParts.gradientNorm;
import static thimble.backend.NetworkParts.normalised;
import static thimble.backend.NetworkParts.overlappingPool;
import static thimble.backend.NetworkParts.pool;
import static thimble.backend.NetworkParts.recurrent;
import static thimble.backend.NetworkParts.step;

import java.util.ArrayList;
import java.util.List;
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
            cases.add(spectreg(batch));
            cases.add(datagrad(batch));
            cases.add(windows(batch));
            cases.add(transposedConvolution(batch));
            cases.add(embedding(batch));
            cases.add(gru(batch));
            cases.add(wholeNumbers(batch));
        }
        cases.add(oldValues());
        cases.addAll(replicas());
        return cases;
    }

    /** Trainings that differ by everything but their structure, as one program. */
    private static List<ConformanceCase> replicas() {
        List<ConformanceCase> cases = new ArrayList<>();
        for (ConformanceCase one : List.of(
                mlp(10),
                lenet(3),
                lenet(10),
                spectreg(10),
                datagrad(3),
                windows(3),
                transposedConvolution(3),
                embedding(3),
                gru(3),
                wholeNumbers(3))) {
            cases.add(one.replicas(3));
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

    /** Penalty on the norm of the Jacobian in a random direction, dominating the loss, through convolutions, pools and ties. */
    private static ConformanceCase spectreg(int batch) {
        ConformanceCase.Values values = new ConformanceCase.Values();
        Tensor x = values.ties("x", 0, 3, batch, 1, 10, 10);
        Tensor target = values.oneHot("target", batch, 4);
        Tensor first = pool(conv(values, "conv1", x, 5, Window.of(3, 3)).relu());
        Tensor logits = dense(
                values, "out", dense(values, "hidden", first.flatten(), 80, 12).tanh(), 12, 4);
        Tensor projected =
                Tensor.signs("directions", logits.shape(), true).mul(logits).sum();
        Tensor loss =
                crossEntropy(logits, target).add(gradientNorm(projected, x).mul(3));
        return new ConformanceCase("spectreg, batch " + batch, values, List.of(step(values, loss)), 2, false);
    }

    /** Penalty on the gradient of the loss, dominating it, through batch norm. */
    private static ConformanceCase datagrad(int batch) {
        ConformanceCase.Values values = new ConformanceCase.Values();
        Tensor x = values.batch("x", -1, 1, batch, 2, 8, 8);
        Tensor target = values.oneHot("target", batch, 4);
        Tensor first = normalised(conv(values, "conv1", x, 4, Window.of(3, 3).padding(1)))
                .tanh();
        Tensor logits = dense(values, "out", overlappingPool(first).flatten(), 36, 4);
        Tensor loss = crossEntropy(logits, target);
        Tensor penalised = loss.add(gradientNorm(loss.mul(batch), x).mul(3));
        return new ConformanceCase("datagrad, batch " + batch, values, List.of(step(values, penalised)), 2, false);
    }

    /** Strided, dilated and grouped convolutions with a penalty of second order. */
    private static ConformanceCase windows(int batch) {
        ConformanceCase.Values values = new ConformanceCase.Values();
        Tensor x = values.batch("x", -1, 1, batch, 2, 11, 9);
        Tensor strided = conv(
                        values, "strided", x, 4, Window.of(3, 3).stride(2, 1).padding(1, 0, 1, 1))
                .tanh();
        Tensor dilated = conv(
                        values,
                        "dilated",
                        strided,
                        6,
                        Window.of(3, 3).dilation(2).padding(2))
                .relu();
        Tensor grouped =
                conv(values, "grouped", dilated, 4, Window.of(1, 3).groups(2)).tanh();
        Tensor output = grouped.sum(List.of(2, 3)).reshape(batch, 4);
        Tensor loss = output.square().mean().add(gradientNorm(output.sum(), x));
        return new ConformanceCase("windows, batch " + batch, values, List.of(step(values, loss)), 2, false);
    }

    /** A decoder: the transposed convolution is the adjoint of a convolution. */
    private static ConformanceCase transposedConvolution(int batch) {
        ConformanceCase.Values values = new ConformanceCase.Values();
        Tensor z = values.batch("z", -1, 1, batch, 5);
        Tensor features = dense(values, "dense", z, 5, 48).relu().reshape(batch, 3, 4, 4);
        Tensor kernel = values.variable("up.kernel", 0.3, 3, 2, 4, 4);
        Window window = Window.of(4, 4).stride(2).padding(1);
        Tensor image = Tensor.of(new Op.Conv2dInputGrad(window, Shape.of(batch, 2, 8, 8)), features, kernel)
                .sigmoid();
        Tensor loss =
                image.sub(values.batch("image", 0, 1, batch, 2, 8, 8)).square().mean();
        Graph generate = new Graph(List.of(image), List.of());
        return new ConformanceCase(
                "transposed convolution, batch " + batch, values, List.of(step(values, loss), generate), 2, false);
    }

    /** Rows of a table chosen by INT32 indices; its gradient scatters. */
    private static ConformanceCase embedding(int batch) {
        ConformanceCase.Values values = new ConformanceCase.Values();
        Tensor words = values.integers("words", 0, 0, 9, batch);
        Tensor table = values.variable("table", 0.5, 9, 6);
        Tensor logits = dense(values, "out", table.gather(0, words).tanh(), 6, 3);
        Tensor loss = crossEntropy(logits, values.oneHot("target", batch, 3));
        return new ConformanceCase("embedding, batch " + batch, values, List.of(step(values, loss)), 2, false);
    }

    /** Five steps of a recurrent unit, the input projected once. */
    private static ConformanceCase gru(int batch) {
        ConformanceCase.Values values = new ConformanceCase.Values();
        int steps = 5;
        int size = 7;
        Tensor x = values.batch("x", -1, 1, batch, steps, 3);
        Tensor projection = values.variable("projection", 0.5, 3 * size, 3);
        Tensor weights = values.variable("recurrent", 0.4, 3 * size, size);
        Tensor projected =
                x.reshape(batch * steps, 3).matmulTransposed(projection).reshape(batch, steps * 3 * size);
        Tensor h = Tensor.constant(0, Shape.of(batch, size));
        for (int t = 0; t < steps; t++) {
            h = recurrent(h, projected.slice(1, t * 3 * size, (t + 1) * 3 * size), weights);
        }
        Tensor loss = crossEntropy(dense(values, "out", h, size, 3), values.oneHot("target", batch, 3));
        return new ConformanceCase("gru, batch " + batch, values, List.of(step(values, loss)), 2, false);
    }

    /** Class numbers: arg max, comparison with INT32 targets, counts, one-hot rows. */
    private static ConformanceCase wholeNumbers(int batch) {
        ConformanceCase.Values values = new ConformanceCase.Values();
        Tensor target = values.integers("target", 0, 0, 6, batch, 1);
        Tensor logits = dense(values, "out", values.batch("x", -1, 1, batch, 4), 4, 6);
        Tensor predicted = logits.argMax(1);
        Tensor hits = predicted.equal(target);
        Tensor oneHot = Tensor.iota(Shape.of(batch, 6), 1).equal(target);
        Tensor loss = crossEntropy(logits, oneHot);
        Graph evaluate = new Graph(List.of(predicted, hits.mean(), oneHot.sum(0)), List.of());
        return new ConformanceCase(
                "whole numbers, batch " + batch, values, List.of(evaluate, step(values, loss)), 2, false);
    }

    /** All values are read from the old state: two variables change places, a third counts, and outputs show the old values. */
    private static ConformanceCase oldValues() {
        ConformanceCase.Values values = new ConformanceCase.Values();
        Tensor a = values.variable("a", 1, 3, 5);
        Tensor b = values.variable("b", 1, 3, 5);
        Tensor count = values.variable("count", 1);
        List<Graph.Update> updates = List.of(
                new Graph.Update("a", b),
                new Graph.Update("b", a.mul(0.5).add(b)),
                new Graph.Update("count", count.add(1)));
        Graph swap = new Graph(List.of(a, count, a.add(b)), updates);
        return new ConformanceCase("old values", values, List.of(swap, new Graph(List.of(b, a), List.of())), 3, false);
    }
}
