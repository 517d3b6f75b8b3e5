package thimble.train;

import java.util.List;
import java.util.SplittableRandom;
import thimble.backend.Backend;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.nn.Activation;
import thimble.nn.Linear;
import thimble.nn.Sequential;
import thimble.tensor.Shape;

/** Small data and models for tests of training. */
final class Blobs {
    static final List<String> CLASSES = List.of("left", "right", "top");

    private Blobs() {}

    /** Points round three centres in the plane. */
    static Dataset points(int count, long seed) {
        return points(count, seed, Shape.of(2));
    }

    /** The same with as many noise coordinates as the shape needs. */
    static Dataset points(int count, long seed, Shape shape) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] examples = new float[count][shape.elements()];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 3;
            for (int e = 0; e < shape.elements(); e++) {
                double centre = e == 0 ? labels[i] - 1 : e == 1 && labels[i] == 2 ? 1.5 : 0;
                examples[i][e] = (float) (centre + 0.6 * (random.nextDouble() - 0.5));
            }
        }
        return ArrayDataset.of("blobs", shape, examples, labels, CLASSES);
    }

    static Sequential mlp() {
        return Sequential.of().then("fc1", new Linear(8, Activation.RELU)).then("out", new Linear(3));
    }

    static Trainer trainer(Backend backend, Regularizer... methods) {
        return new Trainer(backend, mlp(), new CrossEntropy(), List.of(methods), new Adam(0.02), 10, 8, 7);
    }
}
