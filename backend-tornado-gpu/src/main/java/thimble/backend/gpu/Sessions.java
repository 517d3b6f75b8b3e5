package thimble.backend.gpu;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import thimble.backend.Device;
import thimble.backend.ProgramCache;
import thimble.backend.gpu.device.ComputeRuntime;
import thimble.backend.gpu.device.DeviceFacts;
import thimble.backend.gpu.opencl.OpenClRuntime;

/** The devices here, looked for when first asked for, and those opened so far. Safe for many threads. */
public final class Sessions {
    /** The device that is chosen when none is named. */
    static final String ANY = "auto";

    private final Map<DeviceFacts, Session> open = new LinkedHashMap<>();
    private @Nullable ComputeRuntime runtime;

    /** Nothing looked for yet. */
    public Sessions() {}

    private synchronized ComputeRuntime runtime() {
        ComputeRuntime found = runtime;
        if (found == null) {
            found = new OpenClRuntime(cache(System.getenv()));
            runtime = found;
        }
        return found;
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
    Optional<String> unavailable(String device) {
        Optional<String> absent = runtime().absent();
        if (absent.isPresent() || choose(device).isPresent()) {
            return absent;
        }
        return Optional.of("there is no device '" + device + "'; there are: "
                + runtime().devices().stream()
                        .map(found -> found.index() + " " + found.name())
                        .collect(Collectors.joining(", ")));
    }

    /** The device of this number or with this in its name; the best for {@link #ANY}: a GPU, else an accelerator, else a CPU. */
    Optional<DeviceFacts> choose(String device) {
        String wanted = device.toLowerCase(Locale.ROOT);
        return runtime().devices().stream()
                .filter(found -> wanted.equals(ANY)
                        || wanted.equals(Integer.toString(found.index()))
                        || !wanted.matches("\\d+")
                                && found.name().toLowerCase(Locale.ROOT).contains(wanted))
                .min(Comparator.comparing(DeviceFacts::kind)
                        .thenComparing(found -> -found.memory())
                        .thenComparing(DeviceFacts::index));
    }

    /** All devices, with the reason for the one that is chosen. */
    List<Device> listing(String device) {
        Optional<DeviceFacts> chosen = choose(device);
        List<Device> all = new ArrayList<>();
        for (DeviceFacts found : runtime().devices()) {
            boolean taken = chosen.isPresent() && chosen.get().equals(found);
            String reason = !taken
                    ? "gpu:device=" + found.index() + " chooses it"
                    : !device.equals(ANY) ? "chosen: asked for" : "chosen: " + best(found);
            all.add(new Device(found.name(), found.label(), found.details(), taken, reason));
        }
        return all;
    }

    private String best(DeviceFacts chosen) {
        if (runtime().devices().size() == 1) {
            return chosen.kind() == DeviceFacts.Kind.CPU
                    ? "the only device; no driver offers a GPU, and --backend auto does not take this one"
                    : "the only device";
        }
        return "the first kind of GPU, accelerator, CPU that there is, with the most memory";
    }

    /** Opens a device once. */
    synchronized Session open(DeviceFacts device) {
        return open.computeIfAbsent(device, facts -> new Session(runtime().open(facts), new ProgramCache()));
    }

    /** Programs compiled so far on all devices. */
    synchronized int compiled() {
        return open.values().stream()
                .mapToInt(session -> session.programs().compiled())
                .sum();
    }
}
