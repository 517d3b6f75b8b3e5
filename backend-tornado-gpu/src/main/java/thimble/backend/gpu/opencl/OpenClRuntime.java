package thimble.backend.gpu.opencl;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import thimble.backend.BackendException;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.ComputeRuntime;
import thimble.backend.gpu.device.DeviceFacts;

/**
 * The devices that OpenCL drivers offer.
 *
 * <p>Khronos OpenCL Working Group: The OpenCL Specification, version 3.0, 2020; nothing later than OpenCL 1.2 is used.
 */
public final class OpenClRuntime implements ComputeRuntime {
    /** Name of this runtime. */
    public static final String NAME = "opencl";

    private static final String INSTALL = "install the driver of the GPU, or for OpenCL on the CPU the Debian packages"
            + " pocl-opencl-icd and ocl-icd-libopencl1";
    private static final long ALL_DEVICES = 0xFFFFFFFFL;
    private static final int SINGLE_PRECISION = 0x101B;
    private static final long CORRECT_DIVISION = 1 << 7;

    private final @Nullable OpenCl library;
    private final String absent;
    private final Path cache;
    private final List<Found> found = new ArrayList<>();

    private record Found(DeviceFacts facts, long platform, long device) {}

    /**
     * Looks for devices.
     *
     * @param cache folder for compiled kernels and for the texts of kernels that do not compile; made when it is needed
     */
    public OpenClRuntime(Path cache) {
        this(cache, OpenCl.NAMES);
    }

    /** Looks for devices through the first library of these names. */
    OpenClRuntime(Path cache, List<String> libraries) {
        this.cache = cache;
        OpenCl loaded = null;
        String reason = "";
        try {
            loaded = OpenCl.load(libraries);
            find(loaded);
            if (found.isEmpty()) {
                reason = "no OpenCL driver offers a device; " + INSTALL;
            }
        } catch (UnsatisfiedLinkError e) {
            reason = "no OpenCL library here; " + INSTALL;
        } catch (BackendException e) {
            reason = e.getMessage() + "; " + INSTALL;
        }
        library = loaded;
        absent = reason;
    }

    private void find(OpenCl cl) {
        long[] platforms = Calls.handles("clGetPlatformIDs", Status.NO_PLATFORM, (room, entries, count) ->
                (int) cl.getPlatformIds.invokeExact(room, entries, count));
        for (long platform : platforms) {
            String[] version = platform(cl, platform, 0x0901).split(" ");
            String driver = platform(cl, platform, 0x0902) + ", OpenCL " + (version.length > 1 ? version[1] : "");
            long[] devices = Calls.handles("clGetDeviceIDs", Status.NO_DEVICE, (room, entries, count) ->
                    (int) cl.getDeviceIds.invokeExact(platform, ALL_DEVICES, room, entries, count));
            for (long device : devices) {
                if (number(cl, device, 0x1027) != 0) {
                    found.add(new Found(facts(cl, device, driver), platform, device));
                }
            }
        }
    }

    private DeviceFacts facts(OpenCl cl, long device, String driver) {
        long type = number(cl, device, 0x1000);
        DeviceFacts.Kind kind = (type & 4) != 0
                ? DeviceFacts.Kind.GPU
                : (type & 2) != 0 ? DeviceFacts.Kind.CPU : DeviceFacts.Kind.ACCELERATOR;
        String extensions = text(cl, device, 0x1030);
        return new DeviceFacts(
                NAME,
                found.size(),
                text(cl, device, 0x102B),
                kind,
                driver + ", driver " + text(cl, device, 0x102D),
                number(cl, device, 0x101F),
                number(cl, device, 0x1010),
                (int) number(cl, device, 0x1002),
                extensions.contains("cl_khr_fp64"),
                extensions.contains("cl_khr_fp16"),
                (number(cl, device, SINGLE_PRECISION) & CORRECT_DIVISION) != 0);
    }

    private static String platform(OpenCl cl, long platform, int property) {
        return Calls.text("clGetPlatformInfo", (room, bytes, count) ->
                (int) cl.getPlatformInfo.invokeExact(platform, property, room, bytes, count));
    }

    private static String text(OpenCl cl, long device, int property) {
        return Calls.text("clGetDeviceInfo", property(cl, device, property));
    }

    /** A number that a device says of itself. */
    private static long number(OpenCl cl, long device, int property) {
        return Calls.number("clGetDeviceInfo", property(cl, device, property));
    }

    private static Calls.Property property(OpenCl cl, long device, int property) {
        return (long room, MemorySegment bytes, MemorySegment count) ->
                (int) cl.getDeviceInfo.invokeExact(device, property, room, bytes, count);
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
        return found.stream().map(Found::facts).toList();
    }

    @Override
    public ComputeDevice open(DeviceFacts device) {
        if (library == null) {
            throw new BackendException("[opencl] " + absent);
        }
        Found chosen = found.stream()
                .filter(one -> one.facts.equals(device))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "[opencl] expected one of " + devices() + " but received " + device));
        return new OpenClDevice(library, device, chosen.device, cache);
    }
}
