package thimble.backend.gpu.tornado;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import thimble.backend.BackendException;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.ComputeRuntime;
import thimble.backend.gpu.device.DeviceFacts;

/**
 * The devices that TornadoVM offers through OpenCL.
 *
 * <p>J. Fumero, M. Papadimitriou, F. S. Zakkak, M. Xekalaki, J. Clarkson, C. Kotselidis: Dynamic Application Reconfiguration on
 * Heterogeneous Hardware. VEE 2019. Kernels are not compiled from Java: they are the texts of the OpenCL runtime, as prebuilt tasks.
 */
public final class TornadoRuntime implements ComputeRuntime {
    /** Name of this runtime. */
    public static final String NAME = "tornado";

    private static final System.Logger LOG = System.getLogger(TornadoRuntime.class.getName());
    private static final String ENTRANCE = "uk.ac.manchester.tornado.api.TaskGraph";
    private static final String RECOVER = "tornado.recover.bailout";
    private static final String INSTALL =
            "install its SDK (sdk install tornadovm), name its folder in TORNADOVM_HOME, and start"
                    + " with ./thimble --backend gpu:runtime=tornado";

    private final ComputeRuntime opencl;
    private final Path folder;
    private final String absent;
    private List<Devices.Found> found = List.of();

    /**
     * Looks for devices.
     *
     * @param cache folder for the texts of kernels; made when it is needed
     * @param opencl the driver without TornadoVM between, for what TornadoVM cannot do
     */
    public TornadoRuntime(Path cache, ComputeRuntime opencl) {
        this.opencl = opencl;
        folder = cache.resolve(NAME);
        absent = look();
    }

    private String look() {
        try {
            Class.forName(ENTRANCE, false, TornadoRuntime.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return "TornadoVM is not here; " + INSTALL;
        }
        if (!"false".equalsIgnoreCase(System.getProperty(RECOVER))) {
            return "TornadoVM would run Java in the place of a kernel that fails, and say nothing; start with ./thimble"
                    + " --backend gpu:runtime=tornado, or with -D" + RECOVER + "=False";
        }
        try {
            found = Devices.all(opencl);
        } catch (RuntimeException | Error e) { // whatever its start throws, the other runtime still works
            return "TornadoVM does not start (" + Faults.text(e) + "); " + INSTALL;
        }
        return found.isEmpty() ? "TornadoVM offers no OpenCL device; install its SDK for OpenCL and a driver" : "";
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> absent() {
        return absent.isEmpty() ? Optional.empty() : Optional.of(absent);
    }

    @Override
    public List<DeviceFacts> devices() {
        return found.stream().map(Devices.Found::facts).toList();
    }

    /**
     * Opens one of {@link #devices}, in the first form of programs in which every kernel does its own work.
     *
     * @throws BackendException if there is no such form
     */
    @Override
    public ComputeDevice open(DeviceFacts device) {
        if (!absent.isEmpty()) {
            throw new BackendException("[tornado] " + absent);
        }
        Devices.Found chosen = found.stream()
                .filter(one -> one.facts().equals(device))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "[tornado] expected one of " + devices() + " but received " + device));
        List<String> failures = new ArrayList<>();
        for (Form form : Form.values()) {
            TornadoComputeDevice opened = new TornadoComputeDevice(
                    device, chosen.device(), form, new KernelFiles(folder), new Driver(opencl, chosen.driver()));
            Optional<String> failure = SelfTest.failure(opened);
            if (failure.isEmpty()) {
                LOG.log(System.Logger.Level.DEBUG, "programs of {0} are graphs {1}{2}", device.name(), form, failures);
                return opened;
            }
            failures.add(form + ": " + failure.get());
            opened.close();
        }
        throw new BackendException(
                "[tornado] kernels of " + device.name() + " do not do their work through this TornadoVM ("
                        + String.join("; ", failures) + "); use gpu:runtime=opencl, or another version of TornadoVM");
    }
}
