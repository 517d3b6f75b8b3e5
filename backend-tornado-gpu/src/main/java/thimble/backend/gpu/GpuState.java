package thimble.backend.gpu;

import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.List;
import thimble.backend.BackendException;
import thimble.backend.Slots;
import thimble.backend.State;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.DeviceMemory;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * Variables in one buffer of a device, each row-major. The queue of everything that runs over them is theirs, so that programs which share
 * a state see each other's results; its lock lets one thread at a time through.
 */
final class GpuState implements State {
    private final ComputeDevice device;
    private final Slots slots;
    private final DeviceMemory memory;
    private final CommandQueue queue;
    private boolean closed;

    GpuState(ComputeDevice device, Collection<Tensor> variables) {
        this.device = device;
        this.slots = new Slots(variables, Memory.UNIT);
        memory = device.allocate(Math.max(slots.bytes(), Memory.UNIT), "the variables");
        try {
            queue = device.queue();
        } catch (BackendException e) {
            memory.close();
            throw e;
        }
        queue.clear(memory, 0, memory.bytes());
    }

    @Override
    public List<Tensor> variables() {
        return slots.variables();
    }

    @Override
    public synchronized void write(String variable, float[] values) {
        long offset = slots.offset(variable, values.length);
        queue().write(memory, offset, MemorySegment.ofArray(values));
    }

    @Override
    public synchronized void read(String variable, float[] into) {
        long offset = slots.offset(variable, into.length);
        queue().read(memory, offset, MemorySegment.ofArray(into));
    }

    /**
     * The queue of all commands over these variables.
     *
     * @throws IllegalStateException if the state is closed
     */
    CommandQueue queue() {
        if (closed) {
            throw new IllegalStateException("[state] expected an open state but it is closed");
        }
        return queue;
    }

    ComputeDevice device() {
        return device;
    }

    DeviceMemory memory() {
        return memory;
    }

    /**
     * Where a variable begins, in bytes.
     *
     * @throws IllegalArgumentException if it is unknown or has another shape
     */
    long offset(String variable, Shape shape) {
        return slots.offset(variable, shape);
    }

    /** Where a variable begins, in bytes. */
    long offset(String variable) {
        return slots.offset(variable);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            try {
                queue.close();
            } finally { // a device that was lost still lets go of its memory
                memory.close();
            }
        }
    }
}
