package thimble.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.method.Methods;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

class VectorBackendTest {
    private final Tensor x = Tensor.batch("x", Shape.of(3, 2));
    private final Tensor w = Tensor.variable("w", Shape.of(2));

    @Test
    void isFoundAndPrinted() {
        assertThat(Methods.discover(Backend.class)).extracting(Backend::name).contains("cpu");
        assertThat(Methods.print(Methods.parse(Backend.class, "cpu:threads=2"))).isEqualTo("cpu:threads=2");
        assertThat(Methods.print(new VectorBackend())).isEqualTo("cpu");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VectorBackend(-1))
                .withMessageContaining("threads >= 0");
    }

    @Test
    void updatesReadTheOldState() {
        Tensor a = Tensor.variable("a", Shape.of(2));
        Tensor b = Tensor.variable("b", Shape.of(2));
        VectorBackend backend = new VectorBackend(1);
        try (State state = backend.allocate(List.of(a, b));
                Executable swap = backend.compile(new Graph(
                                List.of(), List.of(new Graph.Update("a", b), new Graph.Update("b", a.add(b)))))
                        .bind(state)) {
            state.write("a", new float[] {1, 2});
            state.write("b", new float[] {10, 20});
            swap.run(0, 0);
            assertThat(read(state, "a")).containsExactly(10, 20);
            assertThat(read(state, "b")).containsExactly(11, 22);
        }
    }

    @Test
    void equalGraphsCompileOnce() {
        VectorBackend backend = new VectorBackend(1);
        for (int i = 0; i < 3; i++) {
            Tensor again = Tensor.batch("x", Shape.of(3, 2))
                    .mul(Tensor.variable("w", Shape.of(2)).reshape(1, 2));
            backend.compile(new Graph(List.of(again), List.of()));
        }
        assertThat(backend.compiled()).isEqualTo(1);
        backend.compile(new Graph(List.of(x.mul(w.reshape(1, 2)).mul(2)), List.of()));
        assertThat(backend.compiled()).isEqualTo(2);
    }

    @Test
    void memoryIsNotFreedUnderAFeed() throws InterruptedException {
        Tensor images = Tensor.batch("images", Shape.of(256, 3000));
        VectorBackend backend = new VectorBackend(1);
        float[] values = new float[256 * 3000];
        try (State state = backend.allocate(List.of())) {
            for (int i = 0; i < 10; i++) {
                Executable executable = backend.compile(new Graph(List.of(images.mul(2)), List.of()))
                        .bind(state);
                CountDownLatch begun = new CountDownLatch(1);
                AtomicReference<Throwable> end = new AtomicReference<>();
                Thread feeder = new Thread(() -> {
                    while (true) {
                        executable.feed("images", values);
                        begun.countDown();
                    }
                });
                feeder.setUncaughtExceptionHandler((_, e) -> end.set(e));
                feeder.start();
                begun.await();
                while (!closed(executable)) {
                    Thread.onSpinWait();
                }
                feeder.join();
                assertThat(end.get())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("received a closed one");
            }
        }
    }

    private static boolean closed(Executable executable) {
        try {
            executable.close();
            return true;
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("in progress");
            return false;
        }
    }

    @Test
    void wrongUseIsExplained() {
        VectorBackend backend = new VectorBackend(1);
        Graph graph = new Graph(List.of(x.mul(w.reshape(1, 2))), List.of());
        try (State empty = backend.allocate(List.of());
                State other = backend.allocate(List.of(Tensor.variable("w", Shape.of(3))));
                State state = backend.allocate(List.of(w));
                Executable executable = backend.compile(graph).bind(state)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backend.compile(graph).bind(empty))
                    .withMessageContaining("unknown variable 'w'");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backend.compile(graph).bind(other))
                    .withMessageContaining("expected 'w' of shape [2] but received [3]");
            assertThatIllegalStateException()
                    .isThrownBy(() -> executable.run(0, 0))
                    .withMessageContaining("input 'x'");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executable.feed("y", new float[6]))
                    .withMessageContaining("unknown input 'y'; there are: x");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executable.feed("x", new float[5]))
                    .withMessageContaining("expected 6 numbers");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executable.feed("x", new int[6]))
                    .withMessageContaining("INT32");
            executable.feed("x", new float[6]).run(0, 0);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executable.fetch(1, new float[6]))
                    .withMessageContaining("output");
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

    private static float[] read(State state, String name) {
        float[] values = new float[2];
        state.read(name, values);
        return values;
    }

    @Test
    void aProcessorWithoutMultiplyAddsGetsPlainLoops() throws IOException, InterruptedException {
        List<String> old = List.of("-XX:-UseFMA", "-Dthimble.vector.bits=128");
        assertThat(SameBitsTest.elsewhere(old, Choice.class))
                .contains("the processor has no fused multiply-adds")
                .endsWith("plain");
        assertThat(SameBitsTest.elsewhere(List.of("-Dthimble.vector.bits=128"), Choice.class))
                .contains("cpu, 1 threads")
                .endsWith("others");
    }
}
