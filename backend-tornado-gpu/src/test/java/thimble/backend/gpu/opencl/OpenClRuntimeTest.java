package thimble.backend.gpu.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.backend.BackendException;
import thimble.backend.gpu.Gpu;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.DeviceMemory;
import thimble.backend.gpu.device.Kernel;

class OpenClRuntimeTest {
    private static final Kernel ADD = new Kernel("thimble_test_add", """
        KERNEL(thimble_test_add) {
            BLOCK;
            int i = get_global_id(0);
            if (i < p[0]) FLOATS(p[1])[i] = FLOATS(p[2])[i] + (float) p[3];
        }
        """);

    @TempDir
    Path cache;

    private OpenClRuntime runtime;

    @BeforeEach
    void find() {
        runtime = new OpenClRuntime(cache);
        Gpu.needs(runtime.absent().isEmpty());
    }

    private ComputeDevice device() {
        return runtime.open(runtime.devices().getFirst());
    }

    @Test
    void blocksOfAKernelRunSideBySideOverArenaAndState() {
        try (ComputeDevice device = device();
                DeviceMemory arena = device.allocate(256, "a test");
                DeviceMemory state = device.allocate(256, "a test");
                DeviceMemory parameters = device.allocate(32, "a test");
                CommandQueue queue = device.queue()) {
            device.load(List.of(ADD));
            assertThat(device.loaded()).isEqualTo(1);
            queue.clear(arena, 0, 256);
            queue.write(state, 64, MemorySegment.ofArray(new float[] {1, 2, 3}));
            queue.write(parameters, 0, MemorySegment.ofArray(new int[] {3, 0, ~1, 10, 2, 2, ~1, 20}));
            CommandQueue.Range range = new CommandQueue.Range(0, 4, 2, 1);
            CommandQueue.Buffers buffers = new CommandQueue.Buffers(arena, state, parameters);
            try (CommandQueue.Command command = queue.prepare(buffers, List.of(new CommandQueue.Launch(ADD, range)))) {
                command.send();
            }
            float[] result = new float[35];
            queue.read(arena, 0, MemorySegment.ofArray(result));
            assertThat(result).startsWith(11, 12, 13, 0).endsWith(0, 21, 22, 0);
        }
    }

    @Test
    void manyWritesKeepTheirOrder() {
        try (ComputeDevice device = device();
                DeviceMemory memory = device.allocate(8 << 20, "a test");
                CommandQueue queue = device.queue()) {
            int[] large = new int[2 << 20];
            for (int i = 0; i < 40; i++) {
                queue.write(memory, 4L * i * 50_000, MemorySegment.ofArray(filled(50_000, i)));
            }
            queue.read(memory, 0, MemorySegment.ofArray(large));
            for (int i = 0; i < 40; i++) {
                assertThat(large[i * 50_000]).isEqualTo(i);
                assertThat(large[i * 50_000 + 49_999]).isEqualTo(i);
            }
        }
    }

    private static int[] filled(int length, int value) {
        int[] numbers = new int[length];
        java.util.Arrays.fill(numbers, value);
        return numbers;
    }

    @Test
    void rangesAreCheckedBeforeTheDriverSeesThem() {
        try (ComputeDevice device = device();
                DeviceMemory memory = device.allocate(64, "a test");
                CommandQueue queue = device.queue()) {
            MemorySegment bytes = MemorySegment.ofArray(new byte[65]);
            assertThatIllegalArgumentException().isThrownBy(() -> queue.write(memory, 0, bytes));
            assertThatIllegalArgumentException().isThrownBy(() -> queue.read(memory, -1, bytes));
            assertThatIllegalArgumentException().isThrownBy(() -> queue.clear(memory, 64, 4));
        }
    }

    @Test
    void whatIsClosedSaysSo() {
        ComputeDevice device = device();
        DeviceMemory memory = device.allocate(64, "a test");
        CommandQueue queue = device.queue();
        memory.close();
        memory.close();
        MemorySegment bytes = MemorySegment.ofArray(new byte[4]);
        assertThatIllegalStateException().isThrownBy(() -> queue.write(memory, 0, bytes));
        queue.close();
        queue.close();
        assertThatIllegalStateException().isThrownBy(queue::finish);
        device.close();
        device.close();
        assertThatIllegalStateException().isThrownBy(device::queue);
        assertThatIllegalStateException().isThrownBy(() -> device.load(List.of(ADD)));
    }

    @Test
    void aKernelThatDoesNotCompileIsKeptInAFile() throws IOException {
        Kernel wrong = new Kernel("thimble_wrong", "KERNEL(thimble_wrong) { BLOCK; undeclared(p); }");
        try (ComputeDevice device = device()) {
            assertThatThrownBy(() -> device.load(List.of(wrong)))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("cannot compile a kernel")
                    .satisfies(failure -> {
                        Matcher file = Pattern.compile("are in (\\S+\\.cl);").matcher(failure.getMessage());
                        assertThat(file.find()).isTrue();
                        Path kept = Path.of(file.group(1));
                        assertThat(kept).content().contains("thimble_wrong").contains("undeclared");
                        Files.delete(kept);
                    });
            device.load(List.of(ADD)); // the device still works
        }
    }

    @Test
    void compiledKernelsAreKeptAndDamagedFilesAreCompiledAgain() throws IOException {
        try (ComputeDevice device = device()) {
            device.load(List.of(ADD));
        }
        Path file;
        try (var files = Files.list(cache)) {
            file = files.findFirst().orElseThrow();
        }
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 31, 100, whole.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            try (ComputeDevice device = device()) {
                device.load(List.of(ADD));
            }
        }
        assertThat(Files.size(file)).isGreaterThan(100);
    }

    @Test
    void aFolderThatCannotBeWrittenIsNoFault() throws IOException {
        Path blocked = Files.writeString(cache.resolve("file"), "").resolve("below");
        OpenClRuntime other = new OpenClRuntime(blocked);
        try (ComputeDevice device = other.open(other.devices().getFirst())) {
            device.load(List.of(ADD));
            assertThat(device.loaded()).isEqualTo(1);
        }
    }

    @Test
    void withoutALibraryTheSentenceSaysWhatToInstall() {
        OpenClRuntime none = new OpenClRuntime(cache, List.of("libNoSuchLibrary.so"));
        assertThat(none.devices()).isEmpty();
        assertThat(none.absent())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .isEqualTo("no OpenCL library here; install the driver of the GPU, or for OpenCL on the CPU the"
                                + " Debian packages pocl-opencl-icd and ocl-icd-libopencl1"));
        assertThatThrownBy(() -> none.open(runtime.devices().getFirst()))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("install");
    }

    @Test
    void aLibraryThatIsNotOpenClIsNoFault() {
        OpenClRuntime other = new OpenClRuntime(cache, List.of("libm.so.6"));
        assertThat(other.devices()).isEmpty();
        assertThat(other.absent()).isPresent();
    }

    @Test
    void oneNameHasOneText() {
        try (ComputeDevice device = device()) {
            device.load(List.of(ADD));
            Kernel other = new Kernel(ADD.name(), ADD.text() + " ");
            assertThatIllegalArgumentException().isThrownBy(() -> device.load(List.of(other)));
            assertThatIllegalArgumentException().isThrownBy(() -> new Kernel("step", "step"));
        }
    }
}
