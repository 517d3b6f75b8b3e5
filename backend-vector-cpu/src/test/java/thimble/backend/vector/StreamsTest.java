package thimble.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.Program;
import thimble.backend.State;
import thimble.tensor.Gradients;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** A large gradient of a kernel that only the update reads is made some rows at a time, with the bits of one that is made as a whole. */
class StreamsTest {
    private static final String WEIGHTS = "layer.kernel";
    private static final String VELOCITY = "layer.kernel.velocity";

    @ParameterizedTest
    @CsvSource({
        "3, 784, 256, 1",
        "3, 784, 256, 2",
        "17, 330, 210, 1",
        "17, 330, 210, 3",
        "1, 67, 1001, 2",
        "2, 40000, 2, 2",
        "2, 16, 5000, 5",
        "33, 1000, 700, 4"
    })
    void partsHaveTheBitsOfTheWhole(int batch, int inputs, int units, int threads) {
        VectorBackend backend = new VectorBackend(threads);
        Graph parts = step(batch, inputs, units, false);
        Graph whole = step(batch, inputs, units, true);
        assertThat(streamed(backend.compile(parts))).isTrue();
        assertThat(streamed(backend.compile(whole))).isFalse();
        List<float[]> expected = trained(new VectorBackend(1), whole, units * inputs);
        List<float[]> actual = trained(backend, parts, units * inputs);
        for (int i = 0; i < expected.size(); i++) {
            // Not a comparison of all numbers, whose failure would print them.
            assertThat(Arrays.mismatch(actual.get(i), expected.get(i))).isEqualTo(-1);
        }
    }

    @Test
    void smallGradientsAreMadeAsAWhole() {
        assertThat(streamed(new VectorBackend(1).compile(step(3, 255, 256, false))))
                .isFalse();
        assertThat(streamed(new VectorBackend(1).compile(step(3, 256, 256, false))))
                .isTrue();
    }

    @Test
    void aGradientWithAnotherReaderIsMadeAsAWhole() {
        Tensor weights = weights(784, 256);
        Tensor gradient = gradient(3, weights);
        Tensor clipped = gradient.div(gradient.square().sum().sqrt());
        Program program = new VectorBackend(1)
                .compile(new Graph(List.of(), List.of(new Graph.Update(WEIGHTS, weights.sub(clipped)))));
        assertThat(streamed(program)).isFalse();
    }

    private static boolean streamed(Program program) {
        return program.plan()
                .lines()
                .anyMatch(line -> line.startsWith("dense-kernel-grad") && line.contains(", flat "));
    }

    private static Tensor weights(int inputs, int units) {
        return Tensor.variable(WEIGHTS, Shape.of(units, inputs));
    }

    private static Tensor gradient(int batch, Tensor weights) {
        Tensor y = Tensor.batch("x", Shape.of(batch, weights.shape().size(1))).matmulTransposed(weights);
        return Gradients.of(y.square().sum(), List.of(weights)).getFirst();
    }

    private static Graph step(int batch, int inputs, int units, boolean asked) {
        Tensor weights = weights(inputs, units);
        Tensor gradient = gradient(batch, weights);
        Tensor velocity = Tensor.variable(VELOCITY, weights.shape()).mul(0.9).add(gradient);
        return new Graph(
                asked ? List.of(gradient) : List.of(),
                List.of(
                        new Graph.Update(VELOCITY, velocity),
                        new Graph.Update(WEIGHTS, weights.sub(velocity.mul(Tensor.input("rate"))))));
    }

    private static List<float[]> trained(VectorBackend backend, Graph graph, int elements) {
        List<float[]> values = new ArrayList<>();
        try (State state = TrainingGraphs.state(backend, graph, 1);
                Executable executable = backend.compile(graph).bind(state)) {
            TrainingGraphs.feed(graph, executable, 2, 0);
            for (int step = 0; step < 3; step++) {
                executable.run(1, step);
            }
            for (String name : List.of(WEIGHTS, VELOCITY)) {
                float[] read = new float[elements];
                state.read(name, read);
                values.add(read);
            }
        }
        return values;
    }
}
