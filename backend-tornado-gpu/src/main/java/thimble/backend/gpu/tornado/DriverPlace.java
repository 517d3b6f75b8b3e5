package thimble.backend.gpu.tornado;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.DeviceMemory;

/** A program that runs on the driver without TornadoVM between. */
final class DriverPlace implements Place {
    private final List<TornadoMemory> memories;
    private final List<DeviceMemory> copies = new ArrayList<>();
    private final CommandQueue queue;
    private final List<CommandQueue.Command> commands = new ArrayList<>();

    /**
     * Brings the memories to the device as they are on the host.
     *
     * @param device the driver's view of the device
     * @param memories working memory, variables, parameters
     */
    DriverPlace(ComputeDevice device, List<TornadoMemory> memories, List<List<CommandQueue.Launch>> wanted) {
        this.memories = memories;
        queue = device.queue();
        try {
            for (TornadoMemory memory : memories) {
                copies.add(device.allocate(memory.bytes(), "a program that is too long for TornadoVM"));
            }
            CommandQueue.Buffers buffers = new CommandQueue.Buffers(copies.get(0), copies.get(1), copies.get(2));
            for (List<CommandQueue.Launch> launches : wanted) {
                device.load(launches.stream().map(CommandQueue.Launch::kernel).toList());
                commands.add(queue.prepare(buffers, launches));
            }
            memories.forEach(memory -> memory.moveTo(this));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private DeviceMemory copy(TornadoMemory memory) {
        return copies.get(memories.indexOf(memory));
    }

    @Override
    public void write(TornadoMemory to, long offset, MemorySegment from) {
        queue.write(copy(to), offset, from);
    }

    @Override
    public void read(TornadoMemory from, long offset, MemorySegment into) {
        queue.read(copy(from), offset, into);
    }

    @Override
    public void send(int command) {
        commands.get(command).send();
        queue.flush();
    }

    @Override
    public void finish() {
        queue.finish();
    }

    @Override
    public void close() {
        commands.forEach(CommandQueue.Command::close);
        try {
            queue.close();
        } finally {
            copies.forEach(DeviceMemory::close);
        }
    }
}
