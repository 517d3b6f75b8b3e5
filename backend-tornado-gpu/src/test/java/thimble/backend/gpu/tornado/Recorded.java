package thimble.backend.gpu.tornado;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import thimble.backend.BackendException;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.ComputeRuntime;
import thimble.backend.gpu.device.DeviceFacts;
import thimble.backend.gpu.device.Kernel;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.recording.Event;
import uk.ac.manchester.tornado.api.recording.Recording;

/** A TornadoVM that records, with the kernels of the tests in Java; while it is open it is the one that is found. */
public final class Recorded implements AutoCloseable {
    static final Kernel ADD = kernel("thimble_test_add", "INTS(p[1])[i] += p[2];");
    static final Kernel TWICE = kernel("thimble_test_twice", "INTS(p[1])[i] *= 2;");

    private static final String SWITCH = "tornado.recover.bailout";

    /** Drivers without a device. */
    static final ComputeRuntime NO_DRIVER = new ComputeRuntime() {
        @Override
        public String name() {
            return "opencl";
        }

        @Override
        public Optional<String> absent() {
            return Optional.of("no OpenCL library here");
        }

        @Override
        public List<DeviceFacts> devices() {
            return List.of();
        }

        @Override
        public ComputeDevice open(DeviceFacts device) {
            throw new BackendException("no device");
        }
    };

    public final Recording recording = Recording.start();
    final TornadoDevice gpu;
    private final Path cache;

    /** With a device. */
    public Recorded(Path cache) {
        this(cache, "Test GPU");
    }

    /** With a device of a name. */
    Recorded(Path cache, String name) {
        this.cache = cache;
        gpu = device(name, TornadoDeviceType.GPU);
        System.setProperty(SWITCH, "False");
        recording.with(TornadoVMBackendType.OPENCL, gpu);
        recording.kernel("thimble_exchange", Recorded::exchange);
        kernel(
                ADD,
                (b, n, p) ->
                        each(n, p, 0, i -> b.set(ValueLayout.JAVA_INT, i, b.get(ValueLayout.JAVA_INT, i) + n[p + 2])));
        kernel(
                TWICE,
                (b, n, p) -> each(n, p, 0, i -> b.set(ValueLayout.JAVA_INT, i, 2 * b.get(ValueLayout.JAVA_INT, i))));
        selfTest("double", (x, y, z) -> new float[] {2 * x + 1, y, z});
        selfTest("add", (x, y, z) -> new float[] {x, y + 3 * x, z});
        selfTest("subtract", (x, y, z) -> new float[] {x, y, y - x});
    }

    private static Kernel kernel(String name, String line) {
        return new Kernel(name, """
            KERNEL(%s) {
                BLOCK;
                int i = get_global_id(0);
                if (i < p[0]) %s
            }
            """.formatted(name, line));
    }

    TornadoRuntime runtime() {
        return new TornadoRuntime(cache, NO_DRIVER);
    }

    /** The last device, without a driver that could take long programs. */
    public ComputeDevice open() {
        return open(NO_DRIVER);
    }

    ComputeDevice open(ComputeRuntime driver) {
        TornadoRuntime runtime = new TornadoRuntime(cache, driver);
        ComputeDevice device = runtime.open(runtime.devices().getLast());
        recording.events().clear();
        return device;
    }

    /** A device of 1 GiB. */
    static TornadoDevice device(String name, TornadoDeviceType type) {
        return device(name, type, 1 << 30);
    }

    /** A device with so many bytes. */
    static TornadoDevice device(String name, TornadoDeviceType type, long memory) {
        TornadoTargetDevice physical = new TornadoTargetDevice() {
            @Override
            public String getDeviceName() {
                return name;
            }

            @Override
            public int getDeviceMaxComputeUnits() {
                return 7;
            }
        };
        return new TornadoDevice() {
            @Override
            public String getPlatformName() {
                return "Test platform";
            }

            @Override
            public TornadoDeviceType getDeviceType() {
                return type;
            }

            @Override
            public long getMaxGlobalMemory() {
                return memory;
            }

            @Override
            public long getMaxAllocMemory() {
                return 1 << 28;
            }

            @Override
            public TornadoTargetDevice getPhysicalDevice() {
                return physical;
            }
        };
    }

    /** A launch of one block over some numbers. */
    static CommandQueue.Launch launch(Kernel kernel, int at) {
        return new CommandQueue.Launch(kernel, new CommandQueue.Range(at, 3, 1, 2));
    }

    private interface Body {
        void run(MemorySegment memory, int[] numbers, int at);
    }

    /** A kernel over working memory, or over the variables where a place is a complement; all blocks after one another. */
    private void kernel(Kernel kernel, Body body) {
        recording.kernel(kernel.name(), (buffers, task) -> {
            int[] numbers = buffers.get(2).toArray(ValueLayout.JAVA_INT);
            for (int block = 0; block < task.global().get(1); block++) {
                int p = task.numbers().get(0) + block * task.numbers().get(1);
                boolean state = numbers[p + 1] < 0;
                int place = state ? ~numbers[p + 1] : numbers[p + 1];
                body.run(buffers.get(state ? 1 : 0).asSlice(64L * place), numbers, p);
            }
        });
    }

    private static void each(int[] numbers, int p, int count, IntConsumer item) {
        for (int i = 0; i < numbers[p + count]; i++) {
            item.accept(4 * i);
        }
    }

    private interface Three {
        float[] of(float x, float y, float z);
    }

    private void selfTest(String name, Three body) {
        recording.kernel("thimble_selftest_" + name, (buffers, task) -> {
            int[] numbers = buffers.get(2).toArray(ValueLayout.JAVA_INT);
            int p = task.numbers().get(0);
            MemorySegment x = buffers.get(0).asSlice(64L * numbers[p + 1]);
            MemorySegment y = buffers.get(0).asSlice(64L * numbers[p + 2]);
            MemorySegment z = buffers.get(1).asSlice(64L * ~numbers[p + 3]);
            each(numbers, p, 0, i -> {
                float[] values = body.of(
                        x.get(ValueLayout.JAVA_FLOAT, i),
                        y.get(ValueLayout.JAVA_FLOAT, i),
                        z.get(ValueLayout.JAVA_FLOAT, i));
                x.set(ValueLayout.JAVA_FLOAT, i, values[0]);
                y.set(ValueLayout.JAVA_FLOAT, i, values[1]);
                z.set(ValueLayout.JAVA_FLOAT, i, values[2]);
            });
        });
    }

    /** What the text of the exchange says. */
    private static void exchange(List<MemorySegment> buffers, Event.Ran task) {
        MemorySegment carried = buffers.get(3);
        int[] head = carried.asSlice(0, 16).toArray(ValueLayout.JAVA_INT);
        MemorySegment words = carried.asSlice(64, 4L * head[2]);
        MemorySegment there = buffers.get(head[0]).asSlice(4L * head[1], 4L * head[2]);
        if (head[3] != 0) {
            words.copyFrom(there);
        } else {
            there.copyFrom(words);
        }
    }

    @Override
    public void close() {
        System.clearProperty(SWITCH);
        Recording.stop();
    }
}
