package thimble.backend.gpu.tornado;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import thimble.backend.BackendException;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.ComputeRuntime;
import thimble.backend.gpu.device.DeviceFacts;

/** The same device as its driver shows it, without TornadoVM between; opened when it is needed. */
final class Driver {
    private final ComputeRuntime runtime;
    private final Optional<DeviceFacts> facts;
    private @Nullable ComputeDevice device;

    /**
     * @param facts the device among those of the runtime; empty if it is not there
     */
    Driver(ComputeRuntime runtime, Optional<DeviceFacts> facts) {
        this.runtime = runtime;
        this.facts = facts;
    }

    /** The device. */
    synchronized Optional<ComputeDevice> device() {
        if (device == null && facts.isPresent()) {
            device = runtime.open(facts.get());
        }
        return Optional.ofNullable(device);
    }

    /**
     * Compiles the kernels of launches that failed: TornadoVM says that something failed, not what.
     *
     * @throws BackendException if one does not compile, naming the file with its text and the compiler's log
     */
    void explain(List<CommandQueue.Launch> launches, BackendException failure) {
        try {
            device().ifPresent(open ->
                    open.load(launches.stream().map(CommandQueue.Launch::kernel).toList()));
        } catch (BackendException e) {
            e.addSuppressed(failure);
            throw e;
        }
    }

    synchronized void close() {
        if (device != null) {
            device.close();
        }
    }
}
