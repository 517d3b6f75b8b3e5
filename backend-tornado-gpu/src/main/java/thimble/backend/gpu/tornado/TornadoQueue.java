package thimble.backend.gpu.tornado;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.DeviceMemory;

/** Commands in the order in which they are sent, whatever program they belong to. */
final class TornadoQueue implements CommandQueue {
    private static final int PIECE = 1 << 16;

    private final TornadoComputeDevice device;
    private final Map<DeviceMemory, Residence> residences = new LinkedHashMap<>();
    private boolean closed;

    TornadoQueue(TornadoComputeDevice device) {
        this.device = device;
    }

    @Override
    public Command prepare(Buffers buffers, List<Launch> launches) {
        open();
        launches.forEach(launch -> device.check(launch.kernel()));
        TornadoMemory arena = (TornadoMemory) buffers.arena();
        List<TornadoMemory> memories =
                List.of(arena, (TornadoMemory) buffers.state(), (TornadoMemory) buffers.parameters());
        Residence residence = residences.computeIfAbsent(arena, _ -> new Residence(device, memories));
        int number = residence.add(launches);
        return new Command() {
            private boolean gone;

            @Override
            public void send() {
                open();
                if (gone) {
                    throw new IllegalStateException("[tornado] expected an open command but it is closed");
                }
                residence.send(number);
            }

            @Override
            public void close() {
                if (!gone) {
                    gone = true;
                    if (residence.closeOne()) {
                        residences.remove(arena);
                    }
                }
            }
        };
    }

    @Override
    public void write(DeviceMemory to, long offset, MemorySegment from) {
        open();
        ((TornadoMemory) to).write(offset, from);
    }

    @Override
    public void read(DeviceMemory from, long offset, MemorySegment into) {
        open();
        ((TornadoMemory) from).read(offset, into);
    }

    @Override
    public void clear(DeviceMemory memory, long offset, long bytes) {
        open();
        MemorySegment zeros = MemorySegment.ofArray(new int[PIECE]);
        for (long done = 0; done < bytes; done += zeros.byteSize()) {
            ((TornadoMemory) memory).write(offset + done, zeros.asSlice(0, Math.min(zeros.byteSize(), bytes - done)));
        }
    }

    @Override
    public void flush() {
        open(); // a graph is begun when it is executed
    }

    @Override
    public void finish() {
        open();
        residences.values().forEach(Residence::finish);
    }

    private void open() {
        if (closed) {
            throw new IllegalStateException("[tornado] expected an open queue but it is closed");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            residences.values().forEach(Residence::close);
            residences.clear();
        }
    }
}
