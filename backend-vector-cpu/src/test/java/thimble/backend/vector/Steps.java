package thimble.backend.vector;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Runs training steps and prints a hash of the state: a program for other virtual machines, whose flags a test chooses. */
final class Steps {
    private Steps() {}

    /** Arguments: the network, {@code lenet} or {@code tiny}; threads; steps before the ones that count. */
    public static void main(String[] arguments) {
        System.out.println(hash(arguments[0], Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])));
    }

    static Graph graph(String network) {
        return network.equals("lenet")
                ? TrainingGraphs.step(
                        TrainingGraphs.lenet5(true), Shape.of(20, 1, 28, 28), 10, TrainingGraphs.Penalty.SPECTREG)
                : TrainingGraphs.step(TrainingGraphs.tiny(), Shape.of(5, 1, 6, 6), 3, TrainingGraphs.Penalty.SPECTREG);
    }

    /** Hash of all variables after 20 steps from the first weights. */
    static String hash(String network, int threads, int before) {
        Graph graph = graph(network);
        VectorBackend backend = new VectorBackend(threads);
        try (State warm = TrainingGraphs.state(backend, graph, 1);
                State state = TrainingGraphs.state(backend, graph, 1);
                Executable warming = backend.compile(graph).bind(warm);
                Executable steps = backend.compile(graph).bind(state)) {
            run(graph, warming, before);
            run(graph, steps, 20);
            return hash(state);
        }
    }

    private static void run(Graph graph, Executable executable, int steps) {
        TrainingGraphs.feed(graph, executable, 2, 0.1);
        for (int step = 0; step < steps; step++) {
            executable.run(7, step);
        }
    }

    private static String hash(State state) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Tensor t : state.variables()) {
                if (t.op() instanceof Op.Variable(var name, var shape)) {
                    float[] values = new float[shape.elements()];
                    state.read(name, values);
                    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
                    for (float value : values) {
                        bytes.putFloat(value);
                    }
                    digest.update(bytes.array());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
