package thimble.backend.gpu;

import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thimble.backend.BackendException;
import thimble.backend.State;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.DeviceMemory;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * Variables in one buffer of a device, each row-major. The queue of everything that runs over them is theirs, so that programs which share
 * a state see each other's results; its lock lets one thread at a time through.
 */
final class GpuState implements State {
    private final ComputeDevice device;
    private final List<Tensor> variables;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final DeviceMemory memory;
    private final CommandQueue queue;
    private boolean closed;

    private record Slot(long offset, Shape shape) {}

    GpuState(ComputeDevice device, Collection<Tensor> variables) {
        this.device = device;
        this.variables = List.copyOf(variables);
        long size = 0;
        for (Tensor tensor : this.variables) {
            if (!(tensor.op() instanceof Op.Variable(var name, var shape))) {
                throw new IllegalArgumentException("[state] expected variables but received " + tensor);
            }
            if (slots.put(name, new Slot(size, shape)) != null) {
                throw new IllegalArgumentException("[state] expected distinct names but received '" + name + "' twice");
            }
            size += Math.ceilDiv(4L * shape.elements(), Memory.UNIT) * Memory.UNIT;
        }
        memory = device.allocate(Math.max(size, Memory.UNIT), "the variables");
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
        return variables;
    }

    @Override
    public synchronized void write(String variable, float[] values) {
        Slot slot = slot(variable, values.length);
        if (values.length > 0) {
            queue().write(memory, slot.offset, MemorySegment.ofArray(values));
        }
    }

    @Override
    public synchronized void read(String variable, float[] into) {
        Slot slot = slot(variable, into.length);
        if (into.length > 0) {
            queue().read(memory, slot.offset, MemorySegment.ofArray(into));
        }
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
        Slot slot = slot(variable);
        if (!slot.shape.equals(shape)) {
            throw new IllegalArgumentException(
                    "[state] expected '" + variable + "' of shape " + shape + " but received " + slot.shape);
        }
        return slot.offset;
    }

    /** Where a variable begins, in bytes. */
    long offset(String variable) {
        return slot(variable).offset;
    }

    private Slot slot(String variable) {
        Slot slot = slots.get(variable);
        if (slot == null) {
            throw new IllegalArgumentException(
                    "[state] unknown variable '" + variable + "'; there are: " + String.join(", ", slots.keySet()));
        }
        return slot;
    }

    private Slot slot(String variable, int length) {
        Slot slot = slot(variable);
        if (slot.shape.elements() != length) {
            throw new IllegalArgumentException("[state] expected " + slot.shape.elements() + " numbers for '" + variable
                    + "' but received " + length);
        }
        return slot;
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
