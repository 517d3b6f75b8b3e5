package thimble.backend.gpu;

import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.List;
import thimble.backend.BackendException;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.DeviceFacts;
import thimble.backend.gpu.device.DeviceMemory;
import thimble.backend.gpu.device.Kernel;

/** A device that works until its driver fails: some launches, or some allocations, from now. */
final class FailingDevice implements ComputeDevice {
    private final ComputeDevice device;
    private int launches = Integer.MAX_VALUE;
    private int allocations = Integer.MAX_VALUE;
    private int open;

    FailingDevice(ComputeDevice device) {
        this.device = device;
    }

    void failAfterLaunches(int count) {
        launches = count;
    }

    void failAfterAllocations(int count) {
        allocations = count;
    }

    /** Pieces of memory that were not given back. */
    int open() {
        return open;
    }

    @Override
    public DeviceFacts facts() {
        return device.facts();
    }

    @Override
    public void load(Collection<Kernel> kernels) {
        device.load(kernels);
    }

    @Override
    public int loaded() {
        return device.loaded();
    }

    @Override
    public DeviceMemory allocate(long bytes, String use) {
        if (allocations-- <= 0) {
            throw new BackendException("[test] no memory for " + use);
        }
        DeviceMemory memory = device.allocate(bytes, use);
        open++;
        return new Counted(memory);
    }

    @Override
    public CommandQueue queue() {
        return new Queue(device.queue());
    }

    @Override
    public void close() {
        device.close();
    }

    private final class Counted implements DeviceMemory {
        private final DeviceMemory memory;
        private boolean closed;

        Counted(DeviceMemory memory) {
            this.memory = memory;
        }

        @Override
        public long bytes() {
            return memory.bytes();
        }

        @Override
        public void close() {
            open -= closed ? 0 : 1;
            closed = true;
            memory.close();
        }
    }

    private static DeviceMemory real(DeviceMemory memory) {
        return ((Counted) memory).memory;
    }

    private final class Queue implements CommandQueue {
        private final CommandQueue queue;

        Queue(CommandQueue queue) {
            this.queue = queue;
        }

        @Override
        public Command prepare(Buffers buffers, List<Launch> wanted) {
            Buffers real = new Buffers(real(buffers.arena()), real(buffers.state()), real(buffers.parameters()));
            List<Command> commands = wanted.stream()
                    .map(launch -> queue.prepare(real, List.of(launch)))
                    .toList();
            return new Command() {
                @Override
                public void send() {
                    for (int i = 0; i < commands.size(); i++) {
                        if (launches-- <= 0) {
                            throw new BackendException("[test] the driver failed in "
                                    + wanted.get(i).kernel().name());
                        }
                        commands.get(i).send();
                    }
                }

                @Override
                public void close() {
                    commands.forEach(Command::close);
                }
            };
        }

        @Override
        public void write(DeviceMemory to, long offset, MemorySegment from) {
            queue.write(real(to), offset, from);
        }

        @Override
        public void read(DeviceMemory from, long offset, MemorySegment into) {
            queue.read(real(from), offset, into);
        }

        @Override
        public void clear(DeviceMemory memory, long offset, long bytes) {
            queue.clear(real(memory), offset, bytes);
        }

        @Override
        public void flush() {
            queue.flush();
        }

        @Override
        public void finish() {
            queue.finish();
        }

        @Override
        public void close() {
            queue.close();
        }
    }
}
