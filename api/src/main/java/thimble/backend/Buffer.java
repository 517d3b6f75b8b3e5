package thimble.backend;

import java.util.List;
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

    /** Keeps the buffer's contents from before the first of so many launches until after the last. */
    public Buffer throughout(int launches) {
        live(0);
        live(launches);
        return this;
    }

    /** First launch that needs it. */
    public int first() {
        return first;
    }

    /** Last launch that needs it, −1 if none does. */
    public int last() {
        return last;
    }

    /**
     * Gives the buffers that some launch needs their places in one arena.
     *
     * @param alignment of each place, in bytes
     * @return bytes of the arena
     */
    public static long place(List<Buffer> work, int alignment) {
        List<Buffer> live = work.stream().filter(buffer -> buffer.last >= 0).toList();
        MemoryPlan places = MemoryPlan.of(
                live.stream()
                        .map(buffer -> new MemoryPlan.Block(buffer.bytes, buffer.first, buffer.last))
                        .toList(),
                alignment);
        for (int i = 0; i < live.size(); i++) {
            live.get(i).offset = places.offset(i);
        }
        return places.size();
    }

    /** Where it begins in the arena, in bytes. */
    public long offset() {
        return offset;
    }
}
