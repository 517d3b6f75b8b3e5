package thimble.backend.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.backend.ConformanceCase;
import thimble.backend.ConformanceCases;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.tensor.DType;
import thimble.tensor.Key;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Twenty steps give the same bits twice, in states and executables of their own. */
class SameBitsTest {
    @ParameterizedTest
    @ValueSource(strings = {"lenet", "spectreg", "datagrad", "embedding", "gru"})
    void twentyStepsTwice(String name) {
        GpuBackend backend = Gpu.backend();
        ConformanceCase one = ConformanceCases.all().stream()
                .filter(found -> found.name().equals(name + ", batch 10"))
                .findFirst()
                .orElseThrow();
        assertThat(steps(backend, one)).containsExactlyElementsOf(steps(backend, one));
    }

    private static List<Integer> steps(GpuBackend backend, ConformanceCase one) {
        Graph graph = one.programs().getFirst();
        List<Integer> bits = new ArrayList<>();
        try (State state = backend.allocate(one.values().variables());
                Executable executable = backend.compile(graph).bind(state)) {
            for (Tensor variable : state.variables()) {
                state.write(((Op.Variable) variable.op()).name(), numbers(variable.shape()));
            }
            for (Tensor t : Tensor.topological(graph.roots())) {
                if (t.op() instanceof Op.Input(var input, var shape, var dtype, int _) && !input.equals(Key.NAME)) {
                    if (dtype == DType.INT32) {
                        executable.feed(input, new int[shape.elements()]);
                    } else {
                        executable.feed(input, numbers(shape));
                    }
                }
            }
            for (int step = 0; step < 20; step++) {
                executable.run(1, step);
            }
            for (Tensor variable : state.variables()) {
                float[] values = new float[variable.shape().elements()];
                state.read(((Op.Variable) variable.op()).name(), values);
                for (float value : values) {
                    bits.add(Float.floatToRawIntBits(value));
                }
            }
        }
        return bits;
    }

    private static float[] numbers(Shape shape) {
        float[] numbers = new float[shape.elements()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (i * 7 % 11 - 5) * 0.05f;
        }
        return numbers;
    }
}
