package thimble.backend.gpu.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.backend.gpu.Gpu;
import thimble.backend.gpu.device.DeviceMemory;

/** Copies through two halves of host memory, pinned or not, arrive whole and in their order however few of them are waited for. */
class StagingTest {
    @TempDir
    Path cache;

    private OpenClDevice device;

    @BeforeEach
    void open() {
        OpenClRuntime runtime = new OpenClRuntime(cache);
        Gpu.needs(!runtime.devices().isEmpty());
        device = (OpenClDevice) runtime.open(runtime.devices().getFirst());
    }

    @AfterEach
    void close() {
        if (device != null) {
            device.close();
        }
    }

    @Test
    void memoryIsPinnedWhereItIsAsked() {
        try (OpenClQueue queue = device.queue(true);
                HostMemory pinned = device.hostMemory(queue.handle(), 1 << 20, true);
                HostMemory plain = device.hostMemory(queue.handle(), 1 << 20, false)) {
            assertThat(pinned.isPinned()).isTrue();
            assertThat(plain.isPinned()).isFalse();
            pinned.segment().fill((byte) 7);
            pinned.close();
            assertThat(pinned.isPinned()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void manyWritesAreNotWaitedFor(boolean pinned) {
        int length = 50_000;
        int count = 60;
        try (DeviceMemory memory = device.allocate(4L * length * count, "a test");
                OpenClQueue queue = device.queue(pinned)) {
            int[] numbers = new int[length];
            for (int i = 0; i < count; i++) {
                Arrays.fill(numbers, i);
                queue.write(memory, 4L * length * i, MemorySegment.ofArray(numbers));
            }
            int[] all = new int[length * count];
            queue.read(memory, 0, MemorySegment.ofArray(all));
            for (int i = 0; i < all.length; i++) {
                if (all[i] != i / length) {
                    assertThat(all[i]).as("number " + i).isEqualTo(i / length);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLargerThanTheRoomGoesInPieces(boolean pinned) {
        int[] numbers = new int[(int) (Staging.LARGEST / 4 * 5 / 2)];
        Arrays.setAll(numbers, i -> i);
        try (DeviceMemory memory = device.allocate(4L * numbers.length + 64, "a test");
                OpenClQueue queue = device.queue(pinned)) {
            queue.write(memory, 64, MemorySegment.ofArray(new int[] {-1}));
            queue.write(memory, 64, MemorySegment.ofArray(numbers));
            queue.write(memory, 0, MemorySegment.ofArray(new int[16]));
            int[] back = new int[numbers.length];
            queue.read(memory, 64, MemorySegment.ofArray(back));
            assertThat(Arrays.mismatch(numbers, back)).isEqualTo(-1);
        }
    }
}
