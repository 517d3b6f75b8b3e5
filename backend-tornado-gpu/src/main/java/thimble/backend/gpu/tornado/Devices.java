package thimble.backend.gpu.tornado;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thimble.backend.gpu.device.ComputeRuntime;
import thimble.backend.gpu.device.DeviceFacts;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** The devices that TornadoVM reaches through OpenCL, each with what the driver says of it. */
final class Devices {
    /** Room for the header of an array. */
    private static final long HEADER = 64;

    private Devices() {}

    /** A device in both views; the driver's is absent if the driver does not show it. */
    record Found(DeviceFacts facts, TornadoDevice device, Optional<DeviceFacts> driver) {}

    /** All of them, in the order of TornadoVM. */
    static List<Found> all(ComputeRuntime opencl) {
        List<Found> found = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
        for (int i = 0; i < runtime.getNumBackends(); i++) {
            TornadoBackend backend = runtime.getBackend(i);
            if (backend.getBackendType() == TornadoVMBackendType.OPENCL) {
                for (TornadoDevice device : backend.getAllDevices()) {
                    String name = device.getPhysicalDevice().getDeviceName();
                    int earlier = seen.merge(name, 1, Integer::sum) - 1;
                    Optional<DeviceFacts> driver = opencl.devices().stream()
                            .filter(one -> one.name().equals(name))
                            .skip(earlier)
                            .findFirst();
                    found.add(new Found(facts(found.size(), name, device, driver), device, driver));
                }
            }
        }
        return found;
    }

    private static DeviceFacts facts(int index, String name, TornadoDevice device, Optional<DeviceFacts> driver) {
        DeviceFacts.Kind kind = switch (device.getDeviceType()) {
            case GPU -> DeviceFacts.Kind.GPU;
            case CPU -> DeviceFacts.Kind.CPU;
            default -> DeviceFacts.Kind.ACCELERATOR;
        };
        return new DeviceFacts(
                thimble.backend.gpu.tornado.TornadoRuntime.NAME,
                index,
                name,
                kind,
                driver.map(DeviceFacts::driver).orElse(device.getPlatformName()),
                device.getMaxGlobalMemory(),
                Math.min(device.getMaxAllocMemory(), 4L * Integer.MAX_VALUE) - HEADER,
                device.getPhysicalDevice().getDeviceMaxComputeUnits(),
                driver.map(DeviceFacts::float64).orElse(false),
                driver.map(DeviceFacts::float16).orElse(false),
                driver.map(DeviceFacts::exactDivision).orElse(false));
    }
}
