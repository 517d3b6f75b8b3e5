package thimble.backend.gpu.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static thimble.backend.gpu.tornado.Recorded.ADD;
import static thimble.backend.gpu.tornado.Recorded.TWICE;
import static thimble.backend.gpu.tornado.Recorded.launch;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.backend.BackendException;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.DeviceMemory;
import thimble.backend.gpu.device.Kernel;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.recording.Event;

/** Values, order and movement of memory, on a TornadoVM that records. */
class TornadoQueueTest {
    @TempDir
    Path cache;

    private Recorded tornado;
    private ComputeDevice device;
    private CommandQueue queue;
    private DeviceMemory state;

    @BeforeEach
    void start() {
        tornado = new Recorded(cache);
        device = tornado.open();
        device.load(List.of(ADD, TWICE));
        queue = device.queue();
        state = device.allocate(128, "a test");
    }

    @AfterEach
    void stop() {
        queue.close();
        device.close();
        tornado.close();
    }

    /** Working memory with its numbers: three of the working memory grow by 10, two variables by 5, or are doubled. */
    private CommandQueue.Buffers buffers() {
        DeviceMemory parameters = device.allocate(64, "a test");
        queue.write(parameters, 0, MemorySegment.ofArray(new int[] {3, 1, 10, 2, ~1, 5}));
        return new CommandQueue.Buffers(device.allocate(1 << 21, "a test"), state, parameters);
    }

    private int[] read(DeviceMemory memory, long offset, int count) {
        int[] values = new int[count];
        queue.read(memory, offset, MemorySegment.ofArray(values));
        return values;
    }

    @Test
    void launchesRunInTheirOrderWithTheirNumbers() {
        CommandQueue.Buffers buffers = buffers();
        CommandQueue.Range both = new CommandQueue.Range(0, 3, 2, 4);
        CommandQueue.Command command =
                queue.prepare(buffers, List.of(new CommandQueue.Launch(ADD, both), launch(TWICE, 3), launch(ADD, 3)));
        command.send();
        assertThat(read(buffers.arena(), 64, 4)).containsExactly(10, 10, 10, 0);
        assertThat(read(state, 64, 3)).containsExactly(15, 15, 0);
        List<Event.Ran> ran = tornado.recording.tasks().stream()
                .filter(task -> !task.entryPoint().equals("thimble_exchange"))
                .toList();
        assertThat(ran)
                .extracting(Event.Ran::entryPoint)
                .containsExactly("thimble_test_add", "thimble_test_twice", "thimble_test_add");
        assertThat(ran).extracting(Event.Ran::numbers).containsExactly(List.of(0, 3), List.of(3, 3), List.of(3, 3));
        assertThat(ran)
                .extracting(Event.Ran::global)
                .containsExactly(List.of(256L, 2L), List.of(128L, 1L), List.of(128L, 1L));
        assertThat(ran).allMatch(task -> task.local().equals(List.of(64L, 1L)));
        assertThat(ran).allMatch(task -> task.flags().equals("-cl-std=CL1.2"));
        assertThat(Path.of(ran.getFirst().file()))
                .content()
                .contains(ADD.text())
                .contains("__global long* kernel_context, __constant uchar* constant_region")
                .contains("memory + 16");
        assertThat(tornado.recording.events().getFirst()).isEqualTo(new Event.Planned(tornado.gpu, 4));
    }

    @Test
    void aStepCarriesNoResidentMemory() {
        CommandQueue.Buffers buffers = buffers();
        CommandQueue.Command command = queue.prepare(buffers, List.of(launch(ADD, 0), launch(ADD, 3)));
        command.send();
        assertThat(tornado.recording.events())
                .contains(new Event.CopiedIn("thimble0", 1 << 21), new Event.CopiedIn("thimble0", 128));
        tornado.recording.events().clear();
        for (int step = 0; step < 5; step++) {
            queue.write(buffers.arena(), 64, MemorySegment.ofArray(new int[] {step}));
            command.send();
        }
        assertThat(read(buffers.arena(), 64, 2)).containsExactly(14, 60);
        assertThat(tornado.recording.events())
                .filteredOn(event -> !(event instanceof Event.Ran))
                .hasSize(12)
                .allMatch(event -> event.equals(new Event.CopiedIn("thimble0", 4160))
                        || event.equals(new Event.CopiedOut("thimble0", 4160)));
    }

    @Test
    void largePiecesGoInParts() {
        CommandQueue.Buffers buffers = buffers();
        CommandQueue.Command command = queue.prepare(buffers, List.of(launch(ADD, 0)));
        command.send();
        tornado.recording.events().clear();
        int[] numbers = new int[400_000];
        java.util.Arrays.setAll(numbers, i -> i);
        queue.write(buffers.arena(), 128, MemorySegment.ofArray(numbers));
        assertThat(tornado.recording.tasks())
                .hasSize(2)
                .allMatch(task -> task.graph().equals("thimble2"));
        assertThat(read(buffers.arena(), 128, 400_000)).isEqualTo(numbers);
        assertThat(read(buffers.arena(), 128 + 4L * 300_000, 2)).containsExactly(300_000, 300_001);
        assertThat(read(buffers.arena(), 64, 3)).containsExactly(10, 10, 10);
        queue.clear(buffers.arena(), 128, 4L * 300_000);
        assertThat(read(buffers.arena(), 124 + 4L * 300_000, 2)).containsExactly(0, 300_000);
    }

    @Test
    void programsOverOneStateSeeEachOthersVariables() {
        queue.write(state, 64, MemorySegment.ofArray(new int[] {1, 2}));
        CommandQueue.Buffers one = buffers();
        CommandQueue.Buffers other = buffers();
        CommandQueue.Command grows = queue.prepare(one, List.of(launch(ADD, 3)));
        CommandQueue.Command doubles = queue.prepare(other, List.of(launch(TWICE, 3)));
        grows.send();
        doubles.send();
        grows.send();
        assertThat(read(state, 64, 2)).containsExactly(17, 19);
        doubles.send();
        doubles.close();
        assertThat(read(state, 64, 2))
                .as("closing a program keeps the variables")
                .containsExactly(34, 38);
        queue.write(state, 64, MemorySegment.ofArray(new int[] {7}));
        grows.send();
        grows.close();
        assertThat(read(state, 64, 2)).containsExactly(12, 43);
        assertThat(tornado.recording.events().stream().filter(Event.Closed.class::isInstance))
                .containsExactly(new Event.Closed(4), new Event.Closed(4));
    }

    @Test
    void manyLaunchesAreSeveralGraphs() {
        CommandQueue.Buffers buffers = buffers();
        List<CommandQueue.Launch> many = java.util.Collections.nCopies(250, launch(ADD, 0));
        queue.prepare(buffers, many).send();
        assertThat(read(buffers.arena(), 64, 1)).containsExactly(2500);
        assertThat(tornado.recording.tasks().stream()
                        .filter(task -> task.entryPoint().equals(ADD.name()))
                        .map(Event.Ran::graph)
                        .distinct())
                .containsExactly("thimble3", "thimble4");
    }

    @Test
    void aKernelThatFailsEndsTheRunAndNothingElse() {
        CommandQueue.Buffers buffers = buffers();
        CommandQueue.Command command = queue.prepare(buffers, List.of(launch(ADD, 0)));
        tornado.recording.failing(ADD.name());
        assertThatThrownBy(command::send)
                .isInstanceOf(BackendException.class)
                .hasMessage("[tornado] running kernels failed: the driver failed in thimble_test_add;"
                        + " use gpu:runtime=opencl, or --backend cpu");
        tornado.recording.failing("");
        command.send();
        assertThat(read(buffers.arena(), 64, 1)).containsExactly(10);
    }

    @Test
    void aProgramThatCannotBeginGivesBackWhatItTook() {
        CommandQueue.Buffers buffers = buffers();
        CommandQueue.Command command = queue.prepare(buffers, List.of(launch(ADD, 0)));
        tornado.recording.failing("thimble_exchange");
        assertThatThrownBy(command::send).hasMessageContaining("[tornado] waiting for the device failed");
        assertThat(tornado.recording.events()).endsWith(new Event.Closed(4));
        tornado.recording.failing("");
        command.send();
        assertThat(read(buffers.arena(), 64, 1)).containsExactly(10);
    }

    @Test
    void commandsAreKnownBeforeTheFirstIsSent() {
        CommandQueue.Buffers buffers = buffers();
        queue.prepare(buffers, List.of(launch(ADD, 0))).send();
        assertThatIllegalStateException()
                .isThrownBy(() -> queue.prepare(buffers, List.of(launch(ADD, 3))))
                .withMessageContaining("before the first is sent");
    }

    @Test
    void kernelsAreLoadedBeforeAndHaveOneText() {
        Kernel other = new Kernel("thimble_other", "/* thimble_other */");
        CommandQueue.Buffers buffers = buffers();
        assertThatIllegalStateException()
                .isThrownBy(() -> queue.prepare(buffers, List.of(launch(other, 0))))
                .withMessageContaining("thimble_other to be loaded");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> device.load(List.of(new Kernel(ADD.name(), ADD.text() + " "))));
        assertThat(device.loaded()).isEqualTo(5); // those of the self-test are three
    }

    @Test
    void rangesAndMemoryAreChecked() {
        MemorySegment bytes = MemorySegment.ofArray(new int[40]);
        assertThatIllegalArgumentException().isThrownBy(() -> queue.write(state, 0, bytes));
        assertThatIllegalArgumentException().isThrownBy(() -> queue.read(state, -4, bytes));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.write(state, 2, MemorySegment.ofArray(new int[1])))
                .withMessageContaining("multiples of four");
        assertThatThrownBy(() -> device.allocate(1L << 28, "a large test"))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("too little memory for a large test: wanted 268435456 bytes but had 1073741696 of"
                        + " 1073741824 bytes, at most 268435392 in one piece");
    }

    @Test
    void everyProgramCountsItsCopyOfTheVariables() {
        tornado.recording.with(TornadoVMBackendType.OPENCL, Recorded.device("small", TornadoDeviceType.GPU, 6 << 20));
        device = tornado.open();
        device.load(List.of(ADD));
        queue = device.queue();
        state = device.allocate(1 << 20, "a test");
        CommandQueue.Command first = queue.prepare(smallBuffers(), List.of(launch(ADD, 0)));
        CommandQueue.Command second = queue.prepare(smallBuffers(), List.of(launch(ADD, 0)));
        first.send();
        assertThatThrownBy(second::send)
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("small has too little memory for a program with its copy of the variables: wanted"
                        + " 3146048 bytes but had 3145408 of 6291456 bytes");
        first.close();
        second.send();
        assertThat(read(state, 64, 2)).containsExactly(10, 10);
    }

    private CommandQueue.Buffers smallBuffers() {
        DeviceMemory parameters = device.allocate(64, "a test");
        queue.write(parameters, 0, MemorySegment.ofArray(new int[] {2, ~1, 5}));
        return new CommandQueue.Buffers(device.allocate(256, "a test"), state, parameters);
    }

    @Test
    void whatIsClosedSaysSo() {
        CommandQueue.Command command = queue.prepare(buffers(), List.of(launch(ADD, 0)));
        command.close();
        command.close();
        assertThatIllegalStateException().isThrownBy(command::send);
        state.close();
        state.close();
        assertThatIllegalStateException().isThrownBy(() -> queue.clear(state, 0, 4));
        queue.close();
        queue.close();
        assertThatIllegalStateException().isThrownBy(queue::finish);
        device.close();
        device.close();
        assertThatIllegalStateException().isThrownBy(device::queue);
    }
}
