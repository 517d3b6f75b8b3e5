package thimble.backend.gpu;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.DeviceFacts;
import thimble.backend.gpu.device.DeviceMemory;
import thimble.backend.gpu.device.Kernel;

/** A device that computes nothing, reads as zeros, and writes down what it is sent. */
final class RecordingDevice implements ComputeDevice {
    /** Something that was sent. */
    sealed interface Event {
        /** Bytes that were copied to the device; what is written next may be sent when they are in the queue. */
        record Write(long bytes) implements Event {}

        /** Launches of these kernels. */
        record Send(List<String> kernels) implements Event {}

        /** Bytes that were waited for. */
        record Read(long bytes) implements Event {}
    }

    private final List<Event> events = new ArrayList<>();

    List<Event> events() {
        return events;
    }

    @Override
    public DeviceFacts facts() {
        return new DeviceFacts(
                "test", 0, "recording", DeviceFacts.Kind.GPU, "test", 1L << 40, 1L << 40, 1, false, false, true);
    }

    @Override
    public void load(Collection<Kernel> kernels) {}

    @Override
    public int loaded() {
        return 0;
    }

    @Override
    public DeviceMemory allocate(long bytes, String use) {
        return new Nothing(bytes);
    }

    private record Nothing(long bytes) implements DeviceMemory {
        @Override
        public void close() {}
    }

    @Override
    public CommandQueue queue() {
        return new Queue();
    }

    @Override
    public void close() {}

    private final class Queue implements CommandQueue {
        @Override
        public Command prepare(Buffers buffers, List<Launch> launches) {
            Event.Send send = new Event.Send(
                    launches.stream().map(launch -> launch.kernel().name()).toList());
            return new Command() {
                @Override
                public void send() {
                    events.add(send);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void write(DeviceMemory to, long offset, MemorySegment from) {
            events.add(new Event.Write(from.byteSize()));
        }

        @Override
        public void read(DeviceMemory from, long offset, MemorySegment into) {
            events.add(new Event.Read(into.byteSize()));
            into.fill((byte) 0);
        }

        @Override
        public void clear(DeviceMemory memory, long offset, long bytes) {}

        @Override
        public void flush() {}

        @Override
        public void finish() {}

        @Override
        public void close() {}
    }
}
