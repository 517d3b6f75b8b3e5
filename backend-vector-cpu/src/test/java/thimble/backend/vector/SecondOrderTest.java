package thimble.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.ReferenceBackend;
import thimble.backend.State;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Gradients of penalties on gradients, in front of a loss that they dominate, against float64. */
class SecondOrderTest {
    private static final double TOLERANCE = 1e-4;

    @ParameterizedTest
    @EnumSource(TrainingGraphs.Penalty.class)
    void stridesPoolsNormsAndTanh(TrainingGraphs.Penalty penalty) {
        Graph graph = TrainingGraphs.step(TrainingGraphs.mixed(), Shape.of(9, 2, 11, 13), 10, penalty);
        agrees(graph, 30, (backend, executable) -> {});
    }

    @ParameterizedTest
    @EnumSource(TrainingGraphs.Penalty.class)
    void mnistWithItsTies(TrainingGraphs.Penalty penalty) throws IOException {
        int n = 12;
        float[] images = images(n);
        Graph graph = TrainingGraphs.step(TrainingGraphs.lenet5(false), Shape.of(n, 1, 28, 28), 10, penalty);
        agrees(graph, 300, (backend, executable) -> executable.feed("x", images));
    }

    @Test
    void thePenaltyDominates() {
        Graph plain =
                TrainingGraphs.step(TrainingGraphs.mixed(), Shape.of(9, 2, 11, 13), 10, TrainingGraphs.Penalty.NONE);
        Graph spectreg = TrainingGraphs.step(
                TrainingGraphs.mixed(), Shape.of(9, 2, 11, 13), 10, TrainingGraphs.Penalty.SPECTREG);
        assertThat(loss(spectreg)).isGreaterThan(4 * loss(plain));
    }

    private interface Feeding {
        void feed(Backend backend, Executable executable);
    }

    private static float loss(Graph graph) {
        VectorBackend backend = new VectorBackend(1);
        float[] loss = new float[1];
        try (State state = TrainingGraphs.state(backend, graph, 3);
                Executable executable = backend.compile(graph).bind(state)) {
            TrainingGraphs.feed(graph, executable, 4, 30);
            executable.run(5, 0);
            executable.fetch(0, loss);
        }
        return loss[0];
    }

    private static void agrees(Graph graph, double lambda, Feeding feeding) {
        Backend exact = new ReferenceBackend();
        Backend fast = new VectorBackend(2);
        try (State expected = TrainingGraphs.state(exact, graph, 3);
                State actual = TrainingGraphs.state(fast, graph, 3)) {
            step(exact, expected, graph, lambda, feeding);
            step(fast, actual, graph, lambda, feeding);
            for (Tensor t : expected.variables()) {
                if (t.op() instanceof Op.Variable(var name, var shape)) {
                    compare(name, read(expected, name, shape), read(actual, name, shape));
                }
            }
        }
    }

    private static void step(Backend backend, State state, Graph graph, double lambda, Feeding feeding) {
        try (Executable executable = backend.compile(graph).bind(state)) {
            TrainingGraphs.feed(graph, executable, 4, lambda);
            feeding.feed(backend, executable);
            executable.run(5, 0);
        }
    }

    private static float[] read(State state, String name, Shape shape) {
        float[] values = new float[shape.elements()];
        state.read(name, values);
        return values;
    }

    private static void compare(String name, float[] expected, float[] actual) {
        double largest = 1e-3;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            error = Math.max(error, Math.abs(expected[i] - actual[i]));
            assertThat(actual[i]).as(name).isFinite();
        }
        assertThat(error / largest).as(name).isLessThan(TOLERANCE);
    }

    private static float[] images(int n) throws IOException {
        String folder = System.getenv("THIMBLE_DATA");
        Assumptions.assumeTrue(folder != null, "set THIMBLE_DATA to a folder with mnist/ to compare on real digits");
        Path file = Path.of(folder, "mnist", "train-images-idx3-ubyte.gz");
        Assumptions.assumeTrue(
                Files.exists(file), "put train-images-idx3-ubyte.gz into the folder mnist of THIMBLE_DATA");
        float[] values = new float[n * 784];
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            in.skipNBytes(16);
            for (int i = 0; i < values.length; i++) {
                values[i] = in.readUnsignedByte() / 255f;
            }
        }
        return values;
    }
}
