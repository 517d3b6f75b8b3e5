package thimble.backend;

import java.util.Optional;

/** A piece of an executable's memory while its place is being planned. */
public final class Buffer {
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
    public static Buffer of(long bytes) {
        return new Buffer(bytes, Optional.empty());
    }

    /** A variable's memory in the state. */
    public static Buffer variable(String name, long bytes) {
        return new Buffer(bytes, Optional.of(name));
    }

    /** Its size. */
    public long bytes() {
        return bytes;
    }

    /** The variable whose memory this is. */
    public Optional<String> variable() {
        return variable;
    }

    /** Keeps the buffer's contents at the time of a launch. */
    public void live(int launch) {
        first = Math.min(first, launch);
        last = Math.max(last, launch);
    }

    /** First launch that needs it. */
    public int first() {
        return first;
    }

    /** Last launch that needs it, −1 if none does. */
    public int last() {
        return last;
    }

    /** Where it begins in the arena, in bytes. */
    public long offset() {
        return offset;
    }

    /** Says where it begins in the arena, in bytes. */
    public void place(long at) {
        offset = at;
    }
}
