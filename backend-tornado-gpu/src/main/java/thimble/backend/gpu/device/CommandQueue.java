package thimble.backend.gpu.device;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Commands for a device that run in the order given. For one thread at a time. Ranges are checked against the size of the memory before
 * anything is sent.
 */
public interface CommandQueue extends AutoCloseable {
    /** Launches that can be sent many times. */
    interface Command extends AutoCloseable {
        /** Sends them, in their order. */
        void send();

        @Override
        void close();
    }

    /**
     * Prepares launches of kernels that were {@linkplain ComputeDevice#load loaded}. All commands over a working memory are prepared before
     * the first of them is sent.
     *
     * @param buffers working memory, variables, parameters
     * @param launches what runs one after another
     */
    Command prepare(Buffers buffers, List<Launch> launches);

    /** Copies bytes, a multiple of four, to the device; returns when the source may be reused. */
    void write(DeviceMemory to, long offset, MemorySegment from);

    /** Copies bytes, a multiple of four, from the device and waits for them. */
    void read(DeviceMemory from, long offset, MemorySegment into);

    /** Sets bytes, a multiple of four, to 0. */
    void clear(DeviceMemory memory, long offset, long bytes);

    /** Makes the device begin with what was sent, and goes on. */
    void flush();

    /** Waits until all commands have run. */
    void finish();

    @Override
    void close();

    /**
     * The memory that every kernel sees.
     *
     * @param arena working memory of the program
     * @param state variables
     * @param parameters numbers of all launches, INT32
     */
    record Buffers(DeviceMemory arena, DeviceMemory state, DeviceMemory parameters) {}

    /**
     * A kernel and how much of it runs.
     *
     * @param kernel what to run
     * @param range where its parameters lie and how many work-items run
     */
    record Launch(Kernel kernel, Range range) {}

    /**
     * How much of a kernel runs.
     *
     * @param at index of the first parameter of the first block
     * @param stride parameters of one block
     * @param blocks blocks of parameters, each a piece of work of its own
     * @param groups work-groups for each block
     */
    record Range(int at, int stride, int blocks, int groups) {}
}
