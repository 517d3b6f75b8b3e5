package thimble.backend.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collection;
import java.util.List;
import thimble.backend.Slots;
import thimble.backend.State;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Variables in one native segment, each row-major and aligned to 64 bytes. */
final class VectorState implements State {
    private final Memory memory = new Memory();
    private final Slots slots;
    private final MemorySegment segment;

    VectorState(Collection<Tensor> variables) {
        this.slots = new Slots(variables, Memory.ALIGNMENT);
        this.segment = memory.allocate(slots.bytes(), slots.variables());
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
    MemorySegment segment() {
        return segment;
    }

    /**
     * Where a variable begins in {@link #segment}, in bytes.
     *
     * @throws IllegalArgumentException if it is unknown or has another shape
     */
    long offset(String variable, Shape shape) {
        open();
        return slots.offset(variable, shape);
    }

    /** Where a variable begins in {@link #segment}, in bytes. */
    long offset(String variable) {
        open();
        return slots.offset(variable);
    }

    /**
     * Checks that it may be used.
     *
     * @throws IllegalStateException if it is closed
     */
    void open() {
        check(memory.open());
    }

    /**
     * Keeps it from being closed until {@link #release}.
     *
     * @throws IllegalStateException if it is closed
     */
    void acquire() {
        check(memory.acquire());
    }

    /** Ends what {@link #acquire} began. */
    void release() {
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
