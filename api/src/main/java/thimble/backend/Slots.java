package thimble.backend;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Where the variables of a state lie in one piece of memory, FLOAT32 without gaps, each beginning at a multiple of the alignment. */
public final class Slots {
    private final List<Tensor> variables;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final long bytes;

    private record Slot(long offset, Shape shape) {}

    /**
     * Lays out variables one after another.
     *
     * @param alignment in bytes, at least 1
     * @throws IllegalArgumentException if something is no variable or a name occurs twice
     */
    public Slots(Collection<Tensor> variables, int alignment) {
        this.variables = List.copyOf(variables);
        long size = 0;
        for (Tensor tensor : this.variables) {
            if (!(tensor.op() instanceof Op.Variable(var name, var shape))) {
                throw new IllegalArgumentException("[state] expected variables but received " + tensor);
            }
            if (slots.put(name, new Slot(size, shape)) != null) {
                throw new IllegalArgumentException("[state] expected distinct names but received '" + name + "' twice");
            }
            size += Math.ceilDiv(4L * shape.elements(), alignment) * alignment;
        }
        this.bytes = size;
    }

    /** The variables, in their order. */
    public List<Tensor> variables() {
        return variables;
    }

    /** Size of the memory. */
    public long bytes() {
        return bytes;
    }

    /**
     * Where a variable begins, in bytes.
     *
     * @throws IllegalArgumentException if it is unknown
     */
    public long offset(String variable) {
        return slot(variable).offset;
    }

    /**
     * Where a variable begins, in bytes.
     *
     * @throws IllegalArgumentException if it is unknown or has another shape
     */
    public long offset(String variable, Shape shape) {
        Slot slot = slot(variable);
        if (!slot.shape.equals(shape)) {
            throw new IllegalArgumentException(
                    "[state] expected '" + variable + "' of shape " + shape + " but received " + slot.shape);
        }
        return slot.offset;
    }

    /**
     * Where a variable of so many numbers begins, in bytes.
     *
     * @throws IllegalArgumentException if it is unknown or has another number of elements
     */
    public long offset(String variable, int length) {
        Slot slot = slot(variable);
        if (slot.shape.elements() != length) {
            throw new IllegalArgumentException("[state] expected " + slot.shape.elements() + " numbers for '" + variable
                    + "' but received " + length);
        }
        return slot.offset;
    }

    private Slot slot(String variable) {
        Slot slot = slots.get(variable);
        if (slot == null) {
            throw new IllegalArgumentException(
                    "[state] unknown variable '" + variable + "'; there are: " + String.join(", ", slots.keySet()));
        }
        return slot;
    }
}
