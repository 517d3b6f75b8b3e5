package thimble.benchmarks.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import thimble.benchmarks.speed.StepCase;
import thimble.benchmarks.speed.TimedStep;
import thimble.tensor.Reference;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.train.StateVariable;

/**
 * A training step here that the peer makes too.
 *
 * @param kind plain, spectreg or datagrad
 * @param about model, image, methods and batch
 * @param step what runs here
 */
record PeerStep(String kind, StepCase about, TimedStep step) implements AutoCloseable {
    private static final int CLASSES = 10;

    /** Gives the peer the weights, the data, the strengths and the random signs. */
    void load(StepPeer peer, double spectreg, double datagrad) throws IOException {
        List<StateVariable> parameters = parameters();
        List<Shape> shapes = new ArrayList<>();
        float[][] values = new float[parameters.size() + 3][];
        for (int i = 0; i < parameters.size(); i++) {
            shapes.add(parameters.get(i).tensor().shape());
            values[i] = step.read(parameters.get(i).name());
        }
        Shape classes = Shape.of(about.batch(), CLASSES);
        shapes.addAll(List.of(about.image().withFirst(about.batch()), classes, classes));
        values[parameters.size()] = step.input();
        values[parameters.size() + 1] = step.target();
        values[parameters.size() + 2] = signs();
        peer.load(about, shapes, values, spectreg, datagrad);
    }

    /** What is trained, in the model's order: buffers have no velocity. */
    private List<StateVariable> parameters() {
        Set<String> names = new HashSet<>(step.names());
        return step.weights().stream().filter(v -> names.contains(velocity(v))).toList();
    }

    private static String velocity(StateVariable parameter) {
        return "sgd." + parameter.name() + ".velocity";
    }

    private float[] signs() {
        Tensor signs = Tensor.signs("spectreg", Shape.of(about.batch(), CLASSES), true);
        double[] values = new Reference().key(step.seed(), 0).value(signs);
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    /** After the first step here: the largest difference of a gradient (the velocity after it) by the largest gradient of its tensor. */
    double worst(StepPeer peer) throws IOException {
        List<StateVariable> parameters = parameters();
        int count =
                parameters.stream().mapToInt(v -> v.tensor().shape().elements()).sum();
        float[] expected = peer.gradients(kind, count);
        double worst = 0;
        int at = 0;
        for (StateVariable parameter : parameters) {
            float[] received = step.read(velocity(parameter));
            worst = Math.max(worst, Difference.worst(expected, at, received));
            at += received.length;
        }
        return worst;
    }

    @Override
    public void close() {
        step.close();
    }
}
