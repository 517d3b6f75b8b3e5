package thimble.backend.gpu.tornado;

import java.lang.foreign.MemorySegment;

/** Device memory for working memory, variables and parameters of one program, with its commands. Offsets and sizes are in bytes. */
interface Place extends AutoCloseable {
    /** Copies to the device. */
    void write(TornadoMemory to, long offset, MemorySegment from);

    /** Copies from the device and waits. */
    void read(TornadoMemory from, long offset, MemorySegment into);

    /** Runs a command, by its number. */
    void send(int command);

    /** Waits until all has run. */
    void finish();

    /** Gives the device memory back, with all that it holds. */
    @Override
    void close();
}
