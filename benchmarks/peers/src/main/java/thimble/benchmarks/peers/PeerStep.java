package thimble.benchmarks.peers;

import java.io.IOException;
import java.util.List;
import thimble.benchmarks.speed.TimedStep;
import thimble.tensor.Reference;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.train.StateVariable;

/**
 * A training step here that the peer makes too.
 *
 * @param name name of the kind of step, here and there
 * @param step what runs here
 */
record PeerStep(String name, TimedStep step) {
    private static final int CLASSES = 10;

    /** Gives the peer the weights, the data and the random signs. */
    void load(PyTorch peer) throws IOException {
        List<StateVariable> weights = step.weights();
        float[][] values = new float[weights.size() + 3][];
        for (int i = 0; i < weights.size(); i++) {
            values[i] = step.read(weights.get(i).name());
        }
        values[weights.size()] = step.input();
        values[weights.size() + 1] = step.target();
        values[weights.size() + 2] = signs();
        peer.load(values);
    }

    private float[] signs() {
        Tensor signs = Tensor.signs("spectreg", Shape.of(step.target().length / CLASSES, CLASSES), true);
        double[] values = new Reference().key(step.seed(), 0).value(signs);
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    /** Runs the first step here; the largest difference of a gradient (the velocity after it) by the largest gradient of its tensor. */
    double worst(PyTorch peer) throws IOException {
        step.run();
        int count = step.weights().stream()
                .mapToInt(v -> v.tensor().shape().elements())
                .sum();
        float[] expected = peer.gradients(name, count);
        double worst = 0;
        int at = 0;
        for (StateVariable weight : step.weights()) {
            double largest = 0;
            double difference = 0;
            for (float value : step.read("sgd." + weight.name() + ".velocity")) {
                largest = Math.max(largest, Math.abs(expected[at]));
                difference = Math.max(difference, Math.abs(value - expected[at]));
                at++;
            }
            worst = Math.max(worst, difference / largest);
        }
        return worst;
    }
}
