package thimble.backend.gpu.tornado;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import thimble.backend.BackendException;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.DeviceMemory;
import thimble.backend.gpu.device.Kernel;

/**
 * A small program of three kernels, run twice with a change between. TornadoVM 5.2 runs the first kernel of a graph for all its tasks; other
 * versions may pass arguments in another way. Only the numbers tell.
 */
final class SelfTest {
    private static final int ITEMS = 100;
    private static final List<Kernel> KERNELS = List.of(
            kernel("double", "FLOATS(p[1])[i] = 2 * FLOATS(p[1])[i] + 1;"),
            kernel("add", "FLOATS(p[2])[i] += 3 * FLOATS(p[1])[i];"),
            kernel("subtract", "FLOATS(p[3])[i] = FLOATS(p[2])[i] - FLOATS(p[1])[i];"));

    private SelfTest() {}

    private static Kernel kernel(String name, String line) {
        String whole = "thimble_selftest_" + name;
        return new Kernel(whole, """
            KERNEL(%s) {
                BLOCK;
                int i = get_global_id(0);
                if (i < p[0]) { %s }
            }
            """.formatted(whole, line));
    }

    /** What is wrong with a device; empty if each kernel did its own work. */
    static Optional<String> failure(ComputeDevice device) {
        try (DeviceMemory arena = device.allocate(1024, "a test");
                DeviceMemory state = device.allocate(512, "a test");
                DeviceMemory parameters = device.allocate(64, "a test");
                CommandQueue queue = device.queue()) {
            device.load(KERNELS);
            // x and y in the arena, z among the variables; the first four numbers are another launch's
            queue.write(parameters, 0, MemorySegment.ofArray(new int[] {0, 0, 0, 0, ITEMS, 0, 8, ~0}));
            List<CommandQueue.Launch> launches = KERNELS.stream()
                    .map(kernel -> new CommandQueue.Launch(kernel, new CommandQueue.Range(4, 4, 1, 2)))
                    .toList();
            CommandQueue.Buffers buffers = new CommandQueue.Buffers(arena, state, parameters);
            float[] z = new float[ITEMS];
            try (CommandQueue.Command command = queue.prepare(buffers, launches)) {
                command.send(); // x = 1, y = 3
                queue.write(arena, 0, MemorySegment.ofArray(new float[] {7}));
                command.send(); // x = 15 at first, else 3; y = 3 + 3 x
                queue.read(state, 0, MemorySegment.ofArray(z));
            }
            float[] expected = new float[ITEMS];
            Arrays.fill(expected, 9);
            expected[0] = 33;
            return Arrays.equals(z, expected)
                    ? Optional.empty()
                    : Optional.of("expected 33, 9, … but received " + z[0] + ", " + z[1] + ", …");
        } catch (BackendException e) {
            return Optional.of(Faults.text(e));
        }
    }
}
