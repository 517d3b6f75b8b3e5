package thimble.backend.vector.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collection;
import java.util.List;
import thimble.backend.Slots;
import thimble.backend.State;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Variables in one native segment, each row-major and aligned to 64 bytes. */
public final class VectorState implements State {
    private final Memory memory = new Memory();
    private final Slots slots;
    private final MemorySegment segment;

    /** Zeros for these variables. */
    public VectorState(Collection<Tensor> variables) {
        this.slots = new Slots(variables, Memory.ALIGNMENT);
        this.segment = memory.allocate(slots.bytes(), slots.variables());
    }

    /**
     * The state of this backend behind the contract.
     *
     * @throws IllegalArgumentException if another backend allocated it
     * @throws IllegalStateException if it is closed
     */
    public static VectorState of(State state) {
        if (state instanceof VectorState vector) {
            vector.open();
            return vector;
        }
        throw new IllegalArgumentException("[bind] expected a state allocated by the backend cpu but received "
                + state.getClass().getName());
    }

    @Override
    public List<Tensor> variables() {
        return slots.variables();
    }

    @Override
    public void write(String variable, float[] values) {
        open();
        long offset = slots.offset(variable, values.length);
        MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_FLOAT, offset, values.length);
    }

    @Override
    public void read(String variable, float[] into) {
        open();
        long offset = slots.offset(variable, into.length);
        MemorySegment.copy(segment, ValueLayout.JAVA_FLOAT, offset, into, 0, into.length);
    }

    /** All variables' memory. */
    public MemorySegment segment() {
        return segment;
    }

    /**
     * Where a variable begins in {@link #segment}, in bytes.
     *
     * @throws IllegalArgumentException if it is unknown or has another shape
     */
    public long offset(String variable, Shape shape) {
        open();
        return slots.offset(variable, shape);
    }

    /** Where a variable begins in {@link #segment}, in bytes. */
    public long offset(String variable) {
        open();
        return slots.offset(variable);
    }

    /**
     * Checks that it may be used.
     *
     * @throws IllegalStateException if it is closed
     */
    public void open() {
        check(memory.open());
    }

    /**
     * Keeps it from being closed until {@link #release}.
     *
     * @throws IllegalStateException if it is closed
     */
    public void acquire() {
        check(memory.acquire());
    }

    /** Ends what {@link #acquire} began. */
    public void release() {
        memory.release();
    }

    private static void check(boolean open) {
        if (!open) {
            throw new IllegalStateException("[state] expected an open state but received a closed one");
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
