package thimble.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.tensor.Shape;

/** Seeds and λ are data: many trials at once share one program and end like the same trials one after another. */
class SharedProgramTest {
    private static final int SEEDS = 10;
    private static final int LAMBDAS = 8;

    @Test
    void trialsCompileOneProgram() throws InterruptedException, ExecutionException {
        List<Float> serial = new ArrayList<>();
        Backend one = new VectorBackend(1);
        for (int trial = 0; trial < SEEDS * LAMBDAS; trial++) {
            serial.add(loss(one, trial));
        }
        Backend shared = new VectorBackend(1);
        List<Future<Float>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int trial = 0; trial < SEEDS * LAMBDAS; trial++) {
                int number = trial;
                running.add(threads.submit(() -> loss(shared, number)));
            }
        }
        for (int trial = 0; trial < SEEDS * LAMBDAS; trial++) {
            assertThat(running.get(trial).get()).isEqualTo(serial.get(trial));
        }
        assertThat(shared.compiled()).isEqualTo(1);
    }

    private static float loss(Backend backend, int trial) {
        Graph graph =
                TrainingGraphs.step(TrainingGraphs.tiny(), Shape.of(5, 1, 6, 6), 3, TrainingGraphs.Penalty.SPECTREG);
        float[] loss = new float[1];
        try (State state = TrainingGraphs.state(backend, graph, trial % SEEDS);
                Executable executable = backend.compile(graph).bind(state)) {
            TrainingGraphs.feed(graph, executable, 2, Math.pow(10, -trial / SEEDS));
            for (int step = 0; step < 5; step++) {
                executable.run(trial % SEEDS, step);
            }
            executable.fetch(0, loss);
        }
        return loss[0];
    }
}
