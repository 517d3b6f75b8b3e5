package thimble.backend.gpu.tornado;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import thimble.backend.BackendException;
import thimble.backend.gpu.device.CommandQueue;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.DeviceFacts;
import thimble.backend.gpu.device.DeviceMemory;
import thimble.backend.gpu.device.Kernel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** A device behind TornadoVM. */
final class TornadoComputeDevice implements ComputeDevice {
    /** Programs with more launches than this run on the driver: each costs some 35 µs in every step, and 40 ms once. */
    static final int LAUNCHES = 128;

    private static final System.Logger LOG = System.getLogger(TornadoComputeDevice.class.getName());

    private final DeviceFacts facts;
    private final TornadoDevice device;
    private final Form form;
    private final KernelFiles files;
    private final Driver driver;
    private final Map<String, String> kernels = new HashMap<>();
    private final AtomicLong allocated = new AtomicLong();
    private final AtomicLong held = new AtomicLong();
    private boolean closed;

    TornadoComputeDevice(DeviceFacts facts, TornadoDevice device, Form form, KernelFiles files, Driver driver) {
        this.facts = facts;
        this.device = device;
        this.form = form;
        this.files = files;
        this.driver = driver;
    }

    @Override
    public DeviceFacts facts() {
        return facts;
    }

    /** How launches become graphs. */
    Form form() {
        return form;
    }

    @Override
    public synchronized void load(Collection<Kernel> wanted) {
        open();
        for (Kernel kernel : wanted) {
            String known = kernels.putIfAbsent(kernel.name(), kernel.text());
            if (known != null && !known.equals(kernel.text())) {
                throw new IllegalArgumentException("[tornado] expected one text of " + kernel.name());
            }
        }
    }

    /** Checks that a kernel was loaded. */
    synchronized void check(Kernel kernel) {
        open();
        if (!kernel.text().equals(kernels.get(kernel.name()))) {
            throw new IllegalStateException("[tornado] expected " + kernel.name() + " to be loaded before");
        }
    }

    @Override
    public synchronized int loaded() {
        return kernels.size();
    }

    @Override
    public DeviceMemory allocate(long bytes, String use) {
        open();
        long free = facts.memory() - allocated.get();
        if (bytes > facts.largest() || bytes > free) {
            throw exhausted(bytes, use, allocated.get());
        }
        try {
            return new TornadoMemory(bytes, allocated);
        } catch (OutOfMemoryError | ArithmeticException e) { // the array's other half is on the host
            BackendException explained = exhausted(bytes, use, allocated.get());
            explained.addSuppressed(e);
            throw explained;
        }
    }

    private BackendException exhausted(long bytes, String use, long taken) {
        return new BackendException("[tornado] " + facts.name() + " has too little memory for " + use + ": wanted "
                + bytes + " bytes but had " + Math.max(0, facts.memory() - taken) + " of " + facts.memory()
                + " bytes, at most " + facts.largest() + " in one piece; use a smaller batch, or --backend cpu");
    }

    @Override
    public CommandQueue queue() {
        open();
        return new TornadoQueue(this);
    }

    /**
     * Where a program runs: in graphs, or on the driver if it is too long for them.
     *
     * @throws BackendException if there is not enough memory, naming the bytes wanted and had
     */
    Place place(List<TornadoMemory> memories, List<List<CommandQueue.Launch>> commands) {
        int launches = commands.stream().mapToInt(List::size).max().orElse(0);
        Optional<ComputeDevice> direct = launches > LAUNCHES ? driver.device() : Optional.empty();
        if (direct.isPresent()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "a program of {0} launches runs on the OpenCL driver: TornadoVM takes too long for more than {1}",
                    launches,
                    LAUNCHES);
            return new DriverPlace(direct.get(), memories, commands);
        }
        long bytes = TornadoPlan.bytes(memories);
        if (bytes > facts.memory() - held.get()) {
            throw exhausted(bytes, "a program with its copy of the variables", held.get());
        }
        return new TornadoPlan(device, facts.options(), form, files, driver, held, memories, commands);
    }

    private synchronized void open() {
        if (closed) {
            throw new IllegalStateException("[tornado] expected an open device but " + facts.name() + " is closed");
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            driver.close();
        }
    }
}
