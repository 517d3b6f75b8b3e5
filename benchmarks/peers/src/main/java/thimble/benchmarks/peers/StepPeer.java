package thimble.benchmarks.peers;

import java.io.IOException;
import java.util.List;
import thimble.benchmarks.speed.StepCase;
import thimble.tensor.Shape;

/** Another framework that makes the same training step. */
interface StepPeer extends AutoCloseable {
    /** Its name and version. */
    String name() throws IOException;

    /** Whether it makes steps of a model and a kind: plain, spectreg or datagrad. */
    boolean makes(String model, String kind);

    /**
     * Takes over the weights and the data.
     *
     * @param about model and batch
     * @param shapes of the parameters, then of the inputs, the one-hot targets and the random signs
     * @param values of the same
     * @param strengths of spectreg and datagrad
     */
    void load(StepCase about, List<Shape> shapes, float[][] values, double... strengths) throws IOException;

    /** Gradients of all parameters, {@code count} values one after the other. */
    float[] gradients(String kind, int count) throws IOException;

    /** Shortest time of some steps, in microseconds. */
    double microseconds(String kind, int runs) throws IOException;

    @Override
    void close() throws IOException;
}
