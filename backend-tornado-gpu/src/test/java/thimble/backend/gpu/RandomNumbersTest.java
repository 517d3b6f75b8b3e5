package thimble.backend.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.tensor.Key;
import thimble.tensor.Philox;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Uniform numbers are those of the host, bit for bit, in either layout. */
class RandomNumbersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 257, 1000})
    void uniformNumbersAreThoseOfTheHost(int n) {
        GpuBackend backend = Gpu.backend();
        Tensor lanes = Tensor.uniform("lanes", Shape.of(n, 5), true);
        Tensor rows = Tensor.uniform("rows", Shape.of(n, 5), false);
        Graph graph = new Graph(List.of(lanes, rows), List.of());
        try (State state = backend.allocate(List.of());
                Executable executable = backend.compile(graph).bind(state)) {
            long seed = 0x123456789abcdefL;
            executable.run(seed, 7);
            assertThat(fetched(executable, 0, 5 * n)).containsExactly(host(seed, "lanes", 5 * n));
            assertThat(fetched(executable, 1, 5 * n)).containsExactly(host(seed, "rows", 5 * n));
        }
    }

    private static float[] fetched(Executable executable, int output, int elements) {
        float[] values = new float[elements];
        executable.fetch(output, values);
        return values;
    }

    private static float[] host(long seed, String use, int elements) {
        double[] uniform = Philox.uniform(Key.words(seed, 7), Key.stream(use), elements);
        float[] values = new float[elements];
        for (int i = 0; i < elements; i++) {
            values[i] = (float) uniform[i];
        }
        return values;
    }
}
