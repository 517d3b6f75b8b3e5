package thimble.backend.gpu.device;

import java.util.Collection;

/** An open device. Safe for many threads. */
public interface ComputeDevice extends AutoCloseable {
    /** What the driver says of it. */
    DeviceFacts facts();

    /**
     * Compiles the kernels that are not there yet; each text is compiled once.
     *
     * @throws thimble.backend.BackendException if one does not compile, naming the file with its text and the compiler's log
     */
    void load(Collection<Kernel> kernels);

    /** Number of kernels compiled so far. */
    int loaded();

    /**
     * Reserves memory.
     *
     * @param use what for, in words
     * @throws thimble.backend.BackendException if there is not enough, naming the bytes wanted and had
     */
    DeviceMemory allocate(long bytes, String use);

    /** A queue whose commands run one after another. */
    CommandQueue queue();

    @Override
    void close();
}
