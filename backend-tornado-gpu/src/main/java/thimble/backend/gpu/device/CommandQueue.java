package thimble.backend.gpu.device;

import java.lang.foreign.MemorySegment;

/**
 * Commands for a device that run in the order given. For one thread at a time. Ranges are checked against the size of the memory before
 * anything is sent.
 */
public interface CommandQueue extends AutoCloseable {
    /** A launch that can be sent many times. */
    interface Command extends AutoCloseable {
        /** Sends it. */
        void send();

        @Override
        void close();
    }

    /**
     * Prepares a launch of a kernel that was {@linkplain ComputeDevice#load loaded}.
     *
     * @param kernel what to run
     * @param buffers working memory, variables, parameters
     * @param range where the parameters lie and how many work-items run
     */
    Command prepare(Kernel kernel, Buffers buffers, Range range);

    /** Copies bytes to the device; returns when the source may be reused. */
    void write(DeviceMemory to, long offset, MemorySegment from);

    /** Copies bytes from the device and waits for them. */
    void read(DeviceMemory from, long offset, MemorySegment into);

    /** Sets bytes to 0. */
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
     * How much of a kernel runs.
     *
     * @param at index of the first parameter of the first block
     * @param stride parameters of one block
     * @param blocks blocks of parameters, each a piece of work of its own
     * @param groups work-groups for each block
     */
    record Range(int at, int stride, int blocks, int groups) {}
}
