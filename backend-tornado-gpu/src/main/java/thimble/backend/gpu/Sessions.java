package thimble.backend.gpu;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import thimble.backend.BackendException;
import thimble.backend.Device;
import thimble.backend.ProgramCache;
import thimble.backend.gpu.device.ComputeRuntime;
import thimble.backend.gpu.device.DeviceFacts;
import thimble.backend.gpu.opencl.OpenClRuntime;
import thimble.backend.gpu.tornado.TornadoRuntime;

/** The devices here, looked for when first asked for, and those opened so far. Safe for many threads. */
public final class Sessions {
    /** The device that is chosen when none is named. */
    static final String ANY = "auto";

    private static final System.Logger LOG = System.getLogger(Sessions.class.getName());

    private final Map<DeviceFacts, Session> open = new LinkedHashMap<>();
    private final Set<DeviceFacts> refused = new HashSet<>();
    private @Nullable List<ComputeRuntime> runtimes;

    /** Nothing looked for yet. */
    public Sessions() {}

    /** With these runtimes, the preferred first. */
    Sessions(List<ComputeRuntime> runtimes) {
        this.runtimes = runtimes;
    }

    /** The runtimes, the preferred first. */
    private synchronized List<ComputeRuntime> runtimes() {
        List<ComputeRuntime> found = runtimes;
        if (found == null) {
            Path cache = cache(System.getenv());
            ComputeRuntime opencl = new OpenClRuntime(cache);
            found = List.of(new TornadoRuntime(cache, opencl), opencl);
            runtimes = found;
        }
        return found;
    }

    private List<ComputeRuntime> runtimes(GpuBackend.Runtime wanted) {
        return runtimes().stream()
                .filter(runtime -> wanted == GpuBackend.Runtime.AUTO
                        || runtime.name().equals(wanted.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private Stream<DeviceFacts> devices(GpuBackend.Runtime wanted) {
        return runtimes(wanted).stream().flatMap(runtime -> runtime.devices().stream());
    }

    /** Where compiled kernels are kept: the user's folder for caches by the rules of each system. */
    static Path cache(Map<String, String> environment) {
        String folder = environment.getOrDefault("XDG_CACHE_HOME", environment.getOrDefault("LOCALAPPDATA", ""));
        Path base = folder.isBlank()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache")
                : Path.of(folder);
        return base.resolve("thimble").resolve("kernels");
    }

    /** Why there is no such device; empty if there is. */
    Optional<String> unavailable(GpuBackend.Runtime runtime, String device) {
        if (choose(runtime, device).isPresent()) {
            return Optional.empty();
        }
        String there = devices(runtime)
                .map(found -> found.index() + " " + found.name())
                .distinct()
                .collect(Collectors.joining(", "));
        return there.isEmpty()
                ? runtimes(runtime).getLast().absent()
                : Optional.of("there is no device '" + device + "'; there are: " + there);
    }

    /** Runtimes that are not here, each with the fix. */
    List<String> absent() {
        return runtimes().stream()
                .flatMap(
                        runtime -> runtime.absent().map(reason -> "runtime=" + runtime.name() + ": " + reason).stream())
                .toList();
    }

    /** The device of this number or with this in its name; the best for {@link #ANY}: a GPU, else an accelerator, else a CPU. */
    Optional<DeviceFacts> choose(GpuBackend.Runtime runtime, String device) {
        List<String> order =
                runtimes(runtime).stream().map(ComputeRuntime::name).toList();
        String wanted = device.toLowerCase(Locale.ROOT);
        return devices(runtime)
                .filter(found -> wanted.equals(ANY)
                        || wanted.equals(Integer.toString(found.index()))
                        || !wanted.matches("\\d+")
                                && found.name().toLowerCase(Locale.ROOT).contains(wanted))
                .filter(found -> runtime != GpuBackend.Runtime.AUTO || !isRefused(found))
                .min(Comparator.comparing(DeviceFacts::kind)
                        .thenComparing(found -> order.indexOf(found.runtime()))
                        .thenComparing(found -> -found.memory())
                        .thenComparing(DeviceFacts::index));
    }

    private synchronized boolean isRefused(DeviceFacts device) {
        return refused.contains(device);
    }

    /** All devices, with the reason for the one that is chosen. */
    List<Device> listing(GpuBackend.Runtime runtime, String device) {
        Optional<DeviceFacts> chosen = choose(runtime, device);
        List<Device> all = new ArrayList<>();
        devices(GpuBackend.Runtime.AUTO).forEach(found -> {
            boolean taken = chosen.isPresent() && chosen.get().equals(found);
            boolean asked = !device.equals(ANY) || runtime != GpuBackend.Runtime.AUTO;
            String reason = !taken
                    ? "gpu:runtime=" + found.runtime() + ",device=" + found.index() + " chooses it"
                    : asked ? "chosen: asked for" : "chosen: " + best(found);
            all.add(new Device(found.name(), found.label(), found.details(), taken, reason));
        });
        return all;
    }

    private String best(DeviceFacts chosen) {
        boolean both = devices(GpuBackend.Runtime.AUTO)
                .anyMatch(other -> !other.runtime().equals(chosen.runtime()));
        long rivals = devices(GpuBackend.Runtime.AUTO)
                .filter(other -> other.runtime().equals(chosen.runtime()))
                .count();
        String rank = rivals > 1
                ? "the first kind of GPU, accelerator, CPU that there is, with the most memory"
                : chosen.kind() == DeviceFacts.Kind.CPU
                        ? "the only device; no driver offers a GPU, and --backend auto does not take this one"
                        : "the only device";
        return rank
                + (both && chosen.runtime().equals(TornadoRuntime.NAME) ? "; TornadoVM goes before the driver" : "");
    }

    /**
     * Opens the chosen device once. If TornadoVM refuses one and nobody asked for TornadoVM, the driver's is taken.
     *
     * @throws BackendException if there is no such device, or it cannot be opened
     */
    synchronized Session session(GpuBackend.Runtime runtime, String device) {
        DeviceFacts chosen = choose(runtime, device)
                .orElseThrow(() -> new BackendException("[gpu] does not work here: "
                        + unavailable(runtime, device).orElse("no device")));
        try {
            return open(chosen);
        } catch (BackendException e) {
            boolean next =
                    runtime == GpuBackend.Runtime.AUTO && chosen.runtime().equals(TornadoRuntime.NAME);
            if (!next) {
                throw e;
            }
            LOG.log(System.Logger.Level.WARNING, "the OpenCL driver is used without TornadoVM: {0}", e.getMessage());
            refused.add(chosen);
            return session(runtime, device);
        }
    }

    private synchronized Session open(DeviceFacts device) {
        ComputeRuntime runtime = runtimes().stream()
                .filter(one -> one.name().equals(device.runtime()))
                .findFirst()
                .orElseThrow();
        return open.computeIfAbsent(device, facts -> new Session(runtime.open(facts), new ProgramCache()));
    }

    /** Programs compiled so far on all devices. */
    synchronized int compiled() {
        return open.values().stream()
                .mapToInt(session -> session.programs().compiled())
                .sum();
    }
}
