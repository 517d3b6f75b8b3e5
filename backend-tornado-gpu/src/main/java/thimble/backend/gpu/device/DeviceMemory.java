package thimble.backend.gpu.device;

/** Memory of a device. */
public interface DeviceMemory extends AutoCloseable {
    /** Its size. */
    long bytes();

    @Override
    void close();
}
