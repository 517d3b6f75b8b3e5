package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import thimble.backend.Backend;
import thimble.backend.BackendException;
import thimble.data.Dataset;
import thimble.nn.Parameter;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** What a training opens is closed whatever happens, and its loop leaves nothing for the garbage collector. */
class TrainingRunTest {
    private static final int WINDOW = 200;

    private static Trainer trainer(Backend backend) {
        Methodlike average = new Methodlike("average") {
            @Override
            public Optional<Tensor> evaluated(StepTrace step, Parameter weight) {
                return Optional.of(weight.tensor().mul(0.5));
            }
        };
        return Blobs.trainer(backend, average).steps(3).stopping(new Stopping(Blobs.points(20, 2), 1, 1));
    }

    @Test
    void aFailureAtAnyCompilationLeavesNothingOpen() {
        Dataset data = Blobs.points(30, 1);
        WatchedBackend good = new WatchedBackend(0);
        trainer(good).fit(data).close();
        assertThat(good.open()).isZero();
        assertThat(good.compiled()).isGreaterThanOrEqualTo(3);
        for (int failing = 1; failing <= good.compiled(); failing++) {
            WatchedBackend bad = new WatchedBackend(failing);
            assertThatThrownBy(() -> trainer(bad).fit(data))
                    .isInstanceOf(BackendException.class)
                    .hasMessage("no memory on the device");
            assertThat(bad.open())
                    .as("open after a failure at compilation " + failing)
                    .isZero();
        }
    }

    @Test
    void firstValuesOfAnotherShapeLeaveNothingOpen() {
        WatchedBackend backend = new WatchedBackend(0);
        Weights other = new Weights(List.of(new Weights.Entry("fc1.kernel", Shape.of(1), new float[1])));
        assertThatThrownBy(() -> Blobs.trainer(backend).initial(other).fit(Blobs.points(30, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fc1.kernel");
        assertThat(backend.open()).isZero();
    }

    /** Steps that compute nothing, so that every byte is of the loop itself. */
    @Test
    void theLoopAllocatesNothingPerStep() throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        Method counter = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        long[] seen = new long[100];
        TrainingListener listener = new TrainingListener() {
            @Override
            public int every() {
                return WINDOW;
            }

            @Override
            public void step(long step, long steps, double loss) {
                try {
                    seen[(int) (step / WINDOW) - 1] = (long) counter.invoke(threads);
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
            }
        };
        Backend idle = WatchedBackend.idle();
        // At a constant rate: the platform's cosine itself takes 32 bytes where a schedule asks for it.
        Adam adam = new Adam(0.02, 0.9, 0.999, 1e-8, Schedule.CONSTANT, 0);
        new Trainer(idle, Blobs.mlp(), new CrossEntropy(), List.of(), adam, 10, 1, 7)
                .steps(seen.length * (long) WINDOW)
                .fit(Blobs.points(30, 1), new LearnContext(idle, 1, listener, () -> false))
                .close();
        long fewest = Long.MAX_VALUE;
        for (int i = 1; i < seen.length; i++) {
            fewest = Math.min(fewest, seen[i] - seen[i - 1]);
        }
        assertThat(fewest)
                .as("bytes in %d steps, less than one per step", WINDOW)
                .isLessThan(WINDOW);
    }
}
