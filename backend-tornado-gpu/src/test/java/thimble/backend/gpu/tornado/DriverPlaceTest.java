package thimble.backend.gpu.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static thimble.backend.gpu.tornado.Recorded.ADD;
import static thimble.backend.gpu.tornado.Recorded.launch;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.backend.BackendException;
import thimble.backend.gpu.Gpu;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.DeviceFacts;
import thimble.backend.gpu.device.DeviceMemory;
import thimble.backend.gpu.device.Kernel;
import thimble.backend.gpu.opencl.OpenClRuntime;

/** A TornadoVM that records beside the driver of a real device. */
class DriverPlaceTest {
    @TempDir
    Path cache;

    private Recorded tornado;
    private ComputeDevice device;

    @BeforeEach
    void start() {
        OpenClRuntime driver = new OpenClRuntime(cache);
        Gpu.needs(driver.absent().isEmpty());
        DeviceFacts facts = driver.devices().getFirst();
        tornado = new Recorded(cache, facts.name());
        device = tornado.open(driver);
        assertThat(device.facts().float64()).isEqualTo(facts.float64());
        assertThat(device.facts().options()).isEqualTo(facts.options());
    }

    @AfterEach
    void stop() {
        device.close();
        tornado.close();
    }

    private CommandQueue.Buffers buffers(CommandQueue queue, DeviceMemory state) {
        DeviceMemory parameters = device.allocate(64, "a test");
        queue.write(parameters, 0, MemorySegment.ofArray(new int[] {3, ~1, 10}));
        return new CommandQueue.Buffers(device.allocate(256, "a test"), state, parameters);
    }

    @Test
    void aLongProgramRunsOnTheDriverAndSharesItsVariables() {
        device.load(List.of(ADD));
        try (DeviceMemory state = device.allocate(128, "a test");
                CommandQueue queue = device.queue()) {
            CommandQueue.Command longer = queue.prepare(
                    buffers(queue, state), Collections.nCopies(TornadoComputeDevice.LAUNCHES + 1, launch(ADD, 0)));
            CommandQueue.Command shorter = queue.prepare(buffers(queue, state), List.of(launch(ADD, 0)));
            int[] values = new int[4];
            for (int round = 1; round <= 2; round++) {
                shorter.send();
                assertThat(tornado.recording.tasks().stream()
                                .filter(task -> task.entryPoint().equals(ADD.name())))
                        .hasSize(round);
                longer.send();
                queue.read(state, 64, MemorySegment.ofArray(values));
                assertThat(values).containsExactly(1300 * round, 1300 * round, 1300 * round, 0);
            }
            queue.write(state, 64, MemorySegment.ofArray(new int[] {1}));
            longer.send();
            queue.finish();
            longer.close();
            queue.read(state, 64, MemorySegment.ofArray(values));
            assertThat(values).containsExactly(1291, 3890, 3890, 0);
            assertThat(tornado.recording.tasks().stream()
                            .filter(task -> task.entryPoint().equals(ADD.name())))
                    .hasSize(2);
        }
    }

    @Test
    void aKernelThatDoesNotCompileIsKeptInAFile() throws IOException {
        Kernel wrong = new Kernel("thimble_wrong", "KERNEL(thimble_wrong) { BLOCK; undeclared(p); }");
        device.load(List.of(wrong));
        tornado.recording.failing("thimble_wrong");
        try (DeviceMemory state = device.allocate(128, "a test");
                CommandQueue queue = device.queue()) {
            CommandQueue.Command command = queue.prepare(buffers(queue, state), List.of(launch(wrong, 0)));
            assertThatThrownBy(command::send)
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("cannot compile a kernel")
                    .satisfies(failure -> {
                        assertThat(failure.getSuppressed()).hasSize(1);
                        Matcher file = Pattern.compile("are in (\\S+\\.cl);").matcher(failure.getMessage());
                        assertThat(file.find()).isTrue();
                        Files.delete(Path.of(file.group(1)));
                    });
        }
    }
}
