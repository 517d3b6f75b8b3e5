package thimble.backend.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thimble.backend.State;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Variables in one native segment, each row-major and aligned to 64 bytes. */
final class VectorState implements State {
    private static final long ALIGNMENT = 64;

    private final Memory memory = new Memory();
    private final List<Tensor> variables;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final MemorySegment segment;

    private record Slot(long offset, Shape shape) {}

    VectorState(Collection<Tensor> variables) {
        this.variables = List.copyOf(variables);
        long size = 0;
        for (Tensor tensor : this.variables) {
            if (!(tensor.op() instanceof Op.Variable(var name, var shape))) {
                throw new IllegalArgumentException("[state] expected variables but received " + tensor);
            }
            if (slots.put(name, new Slot(size, shape)) != null) {
                throw new IllegalArgumentException("[state] expected distinct names but received '" + name + "' twice");
            }
            size += (4L * shape.elements() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
        segment = memory.allocate(size, this.variables);
    }

    @Override
    public List<Tensor> variables() {
        return variables;
    }

    @Override
    public void write(String variable, float[] values) {
        Slot slot = slot(variable, values.length);
        MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_FLOAT, slot.offset, values.length);
    }

    @Override
    public void read(String variable, float[] into) {
        Slot slot = slot(variable, into.length);
        MemorySegment.copy(segment, ValueLayout.JAVA_FLOAT, slot.offset, into, 0, into.length);
    }

    /** All variables' memory. */
    MemorySegment segment() {
        return segment;
    }

    /**
     * Where a variable begins in {@link #segment}, in bytes.
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

    /** Where a variable begins in {@link #segment}, in bytes. */
    long offset(String variable) {
        return slot(variable).offset;
    }

    /**
     * Checks that it may be used.
     *
     * @throws IllegalStateException if it is closed
     */
    void open() {
        if (!memory.open()) {
            throw new IllegalStateException("[state] expected an open state but received a closed one");
        }
    }

    private Slot slot(String variable) {
        open();
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
    public void close() {
        memory.close();
    }
}
