package thimble.backend.vector.launch;

import java.lang.foreign.MemorySegment;
import thimble.backend.Buffer;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.VectorState;

/**
 * The memory of one executable.
 *
 * @param arena working memory
 * @param state the variables
 */
public record Binding(MemorySegment arena, VectorState state) {
    /** The memory of a buffer. */
    public MemorySegment segment(Buffer buffer) {
        return buffer.variable().isPresent()
                ? state.segment().asSlice(offset(buffer), buffer.bytes())
                : arena.asSlice(buffer.offset(), buffer.bytes());
    }

    /** Where a buffer begins for a kernel that is given its whole arena or state. */
    public long place(Buffer buffer) {
        return Memory.place(buffer.variable().isPresent() ? state.segment() : arena, offset(buffer));
    }

    /** Where a buffer begins in the arena or, for a variable, in the state. */
    public long offset(Buffer buffer) {
        return buffer.variable().map(state::offset).orElse(buffer.offset());
    }
}
