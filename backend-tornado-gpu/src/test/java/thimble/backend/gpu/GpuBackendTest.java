package thimble.backend.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.backend.Backend;
import thimble.backend.BackendException;
import thimble.backend.Backends;
import thimble.backend.Device;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.method.Methods;
import thimble.tensor.DType;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

class GpuBackendTest {
    private final Tensor x = Tensor.batch("x", Shape.of(3, 2));
    private final Tensor w = Tensor.variable("w", Shape.of(2));

    @Test
    void isFoundAndPrinted() {
        assertThat(Methods.discover(Backend.class)).extracting(Backend::name).contains("gpu");
        assertThat(Methods.print(Methods.parse(Backend.class, "gpu:runtime=opencl,device=0")))
                .isEqualTo("gpu:runtime=opencl,device=0");
        assertThat(Methods.print(new GpuBackend())).isEqualTo("gpu");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Methods.parse(Backend.class, "gpu:runtime=opengl"))
                .withMessageContaining("auto|tornado|opencl");
    }

    @Test
    void aCpuIsNeverCalledGpuNorChosenUnasked() {
        GpuBackend backend = Gpu.backend();
        Device chosen =
                backend.devices().stream().filter(Device::chosen).findFirst().orElseThrow();
        boolean gpu = chosen.kind().startsWith("GPU");
        assertThat(backend.description())
                .containsPattern(gpu ? "GPU \\((TornadoVM, )?OpenCL\\)" : "CPU \\((TornadoVM, )?OpenCL\\)");
        assertThat(backend.priority()).isEqualTo(gpu ? 200 : -1);
        assertThat(backend.replicas()).isEqualTo(gpu ? 16 : 1);
        assertThat(Backends.choose("auto").backend().name()).isEqualTo(gpu ? "gpu" : "reference");
        assertThat(Backends.choose("gpu").backend().name()).isEqualTo("gpu");
    }

    @Test
    void anUnknownDeviceIsAnsweredWithThoseThatThereAre() {
        Gpu.backend();
        assertThatThrownBy(() -> Backends.choose("gpu:device=unheard-of"))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("there is no device 'unheard-of'; there are: 0 ");
        assertThatThrownBy(() -> Backends.choose("gpu:device=99"))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("there is no device '99'");
        assertThatIllegalArgumentException().isThrownBy(() -> Backends.choose("gpu:device="));
    }

    @Test
    void updatesReadTheOldState() {
        Tensor a = Tensor.variable("a", Shape.of(2));
        Tensor b = Tensor.variable("b", Shape.of(2));
        GpuBackend backend = Gpu.backend();
        try (State state = backend.allocate(List.of(a, b));
                Executable swap = backend.compile(new Graph(
                                List.of(a), List.of(new Graph.Update("a", b), new Graph.Update("b", a.add(b)))))
                        .bind(state)) {
            state.write("a", new float[] {1, 2});
            state.write("b", new float[] {10, 20});
            swap.run(0, 0);
            assertThat(read(state, "a")).containsExactly(10, 20);
            assertThat(read(state, "b")).containsExactly(11, 22);
            float[] before = new float[2];
            swap.fetch(0, before);
            assertThat(before).containsExactly(1, 2);
        }
    }

    @Test
    void equalGraphsCompileOnce() {
        GpuBackend backend = Gpu.backend();
        for (int i = 0; i < 3; i++) {
            Tensor again = Tensor.batch("x", Shape.of(3, 2))
                    .mul(Tensor.variable("w", Shape.of(2)).reshape(1, 2));
            backend.compile(new Graph(List.of(again), List.of()));
        }
        assertThat(backend.compiled()).isEqualTo(1);
    }

    @Test
    void wrongUseIsExplained() {
        GpuBackend backend = Gpu.backend();
        Graph graph = new Graph(List.of(x.mul(w.reshape(1, 2))), List.of());
        try (State empty = backend.allocate(List.of());
                State other = backend.allocate(List.of(Tensor.variable("w", Shape.of(3))));
                State foreign = Gpu.backend().allocate(List.of(w));
                State state = backend.allocate(List.of(w));
                Executable executable = backend.compile(graph).bind(state)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backend.compile(graph).bind(empty))
                    .withMessageContaining("unknown variable 'w'");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backend.compile(graph).bind(other))
                    .withMessageContaining("expected 'w' of shape [2] but received [3]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backend.compile(graph).bind(foreign))
                    .withMessageContaining("allocated by this backend");
            assertThatIllegalStateException()
                    .isThrownBy(() -> executable.run(0, 0))
                    .withMessageContaining("input 'x'");
            assertThatIllegalStateException()
                    .isThrownBy(() -> executable.fetch(0, new float[6]))
                    .withMessageContaining("run before");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executable.feed("y", new float[6]))
                    .withMessageContaining("unknown input 'y'; there are: x");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executable.feed("x", new float[5]))
                    .withMessageContaining("expected 6 numbers");
            executable.feed("x", new float[6]).run(0, 0);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executable.fetch(0, new float[7]))
                    .withMessageContaining("room for 6");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> state.write("w", new float[3]))
                    .withMessageContaining("2 numbers");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executable.run(0, -1))
                    .withMessageContaining("step");
        }
    }

    @Test
    void whatIsClosedSaysSo() {
        GpuBackend backend = Gpu.backend();
        Graph graph = new Graph(List.of(x.mul(w.reshape(1, 2))), List.of());
        State state = backend.allocate(List.of(w));
        Executable first = backend.compile(graph).bind(state);
        Executable second = backend.compile(graph).bind(state);
        first.feed("x", new float[6]).run(0, 0);
        first.close();
        first.close();
        assertThatIllegalStateException().isThrownBy(() -> first.run(0, 1)).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> first.fetch(0, new float[6]));
        assertThatIllegalStateException().isThrownBy(() -> first.feed("x", new float[6]));
        second.feed("x", new float[6]).run(0, 0);
        state.close();
        state.close();
        assertThatIllegalStateException().isThrownBy(() -> second.run(0, 1)).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> state.read("w", new float[2]));
        assertThatIllegalStateException().isThrownBy(() -> state.write("w", new float[2]));
        assertThatIllegalStateException()
                .isThrownBy(() -> backend.compile(graph).bind(state));
        second.close();
    }

    @Test
    void anIndexOutOfRangeReachesNoMemory() {
        GpuBackend backend = Gpu.backend();
        Tensor rows = Tensor.variable("rows", Shape.of(4, 3));
        Tensor indices = Tensor.of(new Op.Input("indices", Shape.of(2), DType.INT32, Op.NO_BATCH));
        Tensor gathered = Tensor.of(new Op.Gather(0), rows, indices);
        Tensor scattered = Tensor.of(new Op.ScatterAdd(0, 4), gathered, indices);
        Graph graph = new Graph(List.of(gathered, scattered), List.of());
        try (State state = backend.allocate(List.of(rows));
                Executable executable = backend.compile(graph).bind(state)) {
            for (int bad : new int[] {-1, 4, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                executable.feed("indices", new int[] {1, bad});
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> executable.run(0, 0))
                        .withMessage("[gather] expected indices in 0..3 but received " + bad);
            }
            executable.feed("indices", new int[] {1, 3}).run(0, 0);
        }
    }

    @Test
    void tooLittleMemoryIsSaidInBytes() {
        GpuBackend backend = Gpu.backend();
        int side = 46_000; // about 8.5 GB for each of several
        Tensor a = Tensor.variable("a", Shape.of(side, side));
        Tensor b = Tensor.variable("b", Shape.of(side, side));
        Tensor c = Tensor.variable("c", Shape.of(side, side));
        List<Tensor> variables = new java.util.ArrayList<>(List.of(a, b, c));
        for (int i = 0; i < 30; i++) {
            variables.add(Tensor.variable("more" + i, Shape.of(side, side)));
        }
        assertThatThrownBy(() -> backend.allocate(variables))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("too little memory for the variables: wanted ")
                .hasMessageMatching("(?s).*wanted \\d+ bytes but had \\d+ of \\d+ bytes.*");
    }

    private static float[] read(State state, String name) {
        float[] values = new float[2];
        state.read(name, values);
        return values;
    }
}
