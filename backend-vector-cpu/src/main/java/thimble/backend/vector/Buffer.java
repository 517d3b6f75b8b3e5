package thimble.backend.vector;

import java.util.Optional;

/** A piece of an executable's memory while its place is being planned. */
final class Buffer {
    private final long bytes;
    private final Optional<String> variable;
    private int first = Integer.MAX_VALUE;
    private int last = -1;
    private long offset;

    private Buffer(long bytes, Optional<String> variable) {
        this.bytes = bytes;
        this.variable = variable;
    }

    /** Working memory. */
    static Buffer of(long bytes) {
        return new Buffer(bytes, Optional.empty());
    }

    /** A variable's memory in the state. */
    static Buffer variable(String name, long bytes) {
        return new Buffer(bytes, Optional.of(name));
    }

    long bytes() {
        return bytes;
    }

    /** The variable whose memory this is. */
    Optional<String> variable() {
        return variable;
    }

    /** Keeps the buffer's contents at the time of a launch. */
    void live(int launch) {
        first = Math.min(first, launch);
        last = Math.max(last, launch);
    }

    /** First launch that needs it. */
    int first() {
        return first;
    }

    /** Last launch that needs it, −1 if none does. */
    int last() {
        return last;
    }

    /** Where it begins in the arena, in bytes. */
    long offset() {
        return offset;
    }

    void place(long at) {
        offset = at;
    }
}
