package thimble.backend.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.Program;
import thimble.backend.State;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Threads share a device, a program, even a state, and nothing of theirs mixes. */
class ThreadsTest {
    private static final int THREADS = 4;
    private static final int STEPS = 30;

    private final Tensor x = Tensor.batch("x", Shape.of(5, 3));
    private final Tensor w = Tensor.variable("w", Shape.of(3));
    private final Tensor y = x.mul(w.reshape(1, 3)).sum();
    private final Graph graph = new Graph(List.of(y), List.of(new Graph.Update("w", w.add(1))));

    private static List<Float> all(List<Callable<Float>> tasks) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
            List<Float> results = new ArrayList<>();
            for (Future<Float> result : pool.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        }
    }

    private static float fed(Executable executable, int number) {
        float[] values = new float[15];
        java.util.Arrays.fill(values, number);
        executable.feed("x", values).run(0, 0);
        float[] sum = new float[1];
        executable.fetch(0, sum);
        return sum[0];
    }

    @Test
    void eachThreadHasItsOwnState() throws Exception {
        GpuBackend backend = Gpu.backend();
        List<Callable<Float>> tasks = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread + 1;
            tasks.add(() -> {
                Program program = backend.compile(graph);
                try (State state = backend.allocate(List.of(w));
                        Executable executable = program.bind(state)) {
                    float last = 0;
                    for (int step = 0; step < STEPS; step++) {
                        last = fed(executable, number);
                    }
                    return last;
                }
            });
        }
        // the weights are STEPS - 1 in the last run
        assertThat(all(tasks)).containsExactly(15f * 29, 2 * 15f * 29, 3 * 15f * 29, 4 * 15f * 29);
        assertThat(backend.compiled()).isEqualTo(1);
    }

    @Test
    void threadsThatReadOneStateSeeTheSameWeights() throws Exception {
        GpuBackend backend = Gpu.backend();
        Program program = backend.compile(new Graph(List.of(y), List.of()));
        try (State state = backend.allocate(List.of(w))) {
            state.write("w", new float[] {1, 2, 3});
            List<Callable<Float>> tasks = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread + 1;
                tasks.add(() -> {
                    try (Executable executable = program.bind(state)) {
                        float sum = 0;
                        for (int step = 0; step < STEPS; step++) {
                            sum += fed(executable, number);
                        }
                        return sum;
                    }
                });
            }
            assertThat(all(tasks)).containsExactly(900f, 1800f, 2700f, 3600f);
        }
    }
}
