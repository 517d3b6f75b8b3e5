package thimble.backend.vector;

import java.lang.reflect.Method;
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

    /** Arguments: the network, {@code lenet} or {@code tiny}; threads; steps before the ones that count. Or {@code allocation} and the network. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        if (arguments[0].equals("allocation")) {
            System.out.println(allocation(arguments[1]));
            return;
        }
        System.out.println(hash(arguments[0], Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])));
    }

    static Graph graph(String network) {
        return network.equals("lenet")
                ? TrainingGraphs.step(
                        TrainingGraphs.lenet5(true), Shape.of(20, 1, 28, 28), 10, TrainingGraphs.Penalty.SPECTREG)
                : TrainingGraphs.step(TrainingGraphs.tiny(), Shape.of(5, 1, 6, 6), 3, TrainingGraphs.Penalty.SPECTREG);
    }

    /** Fewest bytes that 100 times feed, run and fetch allocated, over several rounds of many. */
    private static long allocation(String network) throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        Method bytes = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        Graph graph = graph(network);
        VectorBackend backend = new VectorBackend(1);
        float[] images = new float[network.equals("lenet") ? 20 * 28 * 28 : 5 * 36];
        float[] loss = new float[1];
        long fewest = Long.MAX_VALUE;
        try (State state = TrainingGraphs.state(backend, graph, 1);
                Executable executable = backend.compile(graph).bind(state)) {
            TrainingGraphs.feed(graph, executable, 2, 0.1);
            for (int round = 0; round < 1000 && fewest > 0; round++) {
                long before = (Long) bytes.invoke(threads);
                for (int step = 0; step < 100; step++) {
                    executable.feed("x", images).run(7, step);
                    executable.fetch(0, loss);
                }
                fewest = Math.min(fewest, (Long) bytes.invoke(threads) - before - counter(threads, bytes));
            }
        }
        return Math.max(fewest, 0);
    }

    /** Bytes that reading the counter allocates. */
    private static long counter(Object threads, Method bytes) throws ReflectiveOperationException {
        long before = (Long) bytes.invoke(threads);
        return (Long) bytes.invoke(threads) - before;
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
