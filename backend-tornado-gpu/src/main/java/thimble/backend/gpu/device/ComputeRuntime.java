package thimble.backend.gpu.device;

import java.util.List;
import java.util.Optional;

/** A way to reach devices. Looking never fails: what is absent is said in words. */
public interface ComputeRuntime {
    /** Name in specs. */
    String name();

    /** Why there is nothing to run on, with the fix; empty if there is at least one device. */
    Optional<String> absent();

    /** The devices, in the order of the driver. */
    List<DeviceFacts> devices();

    /**
     * Opens one of {@link #devices}.
     *
     * @throws thimble.backend.BackendException if the driver refuses
     */
    ComputeDevice open(DeviceFacts device);
}
