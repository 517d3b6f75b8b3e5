package thimble.backend.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import thimble.backend.BackendException;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** A driver that fails in the middle is a BackendException; what was taken is given back, and the next try works. */
class FaultTest {
    private final Tensor x = Tensor.batch("x", Shape.of(2, 3));
    private final Tensor w = Tensor.variable("w", Shape.of(4, 3));
    private final Graph graph = new Graph(List.of(x.matmulTransposed(w).relu().sum()), List.of());
    private FailingDevice device;
    private GpuProgram program;

    @BeforeEach
    void open() {
        device = new FailingDevice(Gpu.backend().session().device());
        program = new GpuProgram(device, graph);
    }

    @Test
    void aLaunchThatFailsEndsTheRunAndNothingElse() {
        try (GpuState state = new GpuState(device, List.of(w));
                Executable executable = program.bind(state)) {
            state.write("w", new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
            executable.feed("x", new float[] {1, 2, 3, 4, 5, 6});
            device.failAfterLaunches(1);
            assertThatThrownBy(() -> executable.run(0, 0))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("the driver failed");
            device.failAfterLaunches(Integer.MAX_VALUE);
            executable.run(0, 0);
            float[] sum = new float[1];
            executable.fetch(0, sum);
            assertThat(sum).containsExactly(84);
        }
        assertThat(device.open()).isZero();
    }

    @Test
    void whatCannotBeMadeGivesBackWhatItTook() {
        try (GpuState state = new GpuState(device, List.of(w))) {
            for (int allocations = 0; allocations < 2; allocations++) {
                device.failAfterAllocations(allocations);
                assertThatThrownBy(() -> program.bind(state))
                        .isInstanceOf(BackendException.class)
                        .hasMessageContaining("no memory for");
                assertThat(device.open()).isOne();
            }
            device.failAfterAllocations(Integer.MAX_VALUE);
            program.bind(state).close();
        }
        assertThat(device.open()).isZero();
        device.failAfterAllocations(0);
        assertThatThrownBy(() -> new GpuState(device, List.of(w))).isInstanceOf(BackendException.class);
        assertThat(device.open()).isZero();
    }
}
