package thimble.backend.gpu.opencl;

import java.util.Map;
import thimble.backend.BackendException;

/** Result codes of OpenCL functions. */
final class Status {
    static final int OK = 0;
    static final int NO_DEVICE = -1;
    static final int NO_PLATFORM = -1001;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(-1, "device not found"),
            Map.entry(-2, "device not available"),
            Map.entry(-3, "compiler not available"),
            Map.entry(-4, "memory object allocation failure"),
            Map.entry(-5, "out of resources"),
            Map.entry(-6, "out of host memory"),
            Map.entry(-11, "build program failure"),
            Map.entry(-30, "invalid value"),
            Map.entry(-33, "invalid device"),
            Map.entry(-34, "invalid context"),
            Map.entry(-36, "invalid command queue"),
            Map.entry(-38, "invalid memory object"),
            Map.entry(-42, "invalid binary"),
            Map.entry(-44, "invalid program"),
            Map.entry(-45, "invalid program executable"),
            Map.entry(-46, "invalid kernel name"),
            Map.entry(-48, "invalid kernel"),
            Map.entry(-52, "invalid kernel arguments"),
            Map.entry(-54, "invalid work-group size"),
            Map.entry(-61, "invalid buffer size"),
            Map.entry(-1001, "no platform"));

    private Status() {}

    /** The code in words. */
    static String text(int code) {
        return NAMES.getOrDefault(code, "unknown error") + " (" + code + ")";
    }

    /** True if the device ran out of memory. */
    static boolean memory(int code) {
        return code == -4 || code == -5 || code == -6 || code == -61;
    }

    /**
     * Checks a result.
     *
     * @param where function and device
     * @throws BackendException if it is not 0
     */
    static void check(int code, String where) {
        if (code != OK) {
            throw new BackendException("[opencl] " + where + " failed: " + text(code)
                    + (memory(code)
                            ? "; free memory of the device, or use a smaller batch"
                            : "; try --backend cpu, and another driver for the device"));
        }
    }

    /** What a call threw that no driver's code stands for. */
    static BackendException broken(String function, Throwable cause) {
        return new BackendException("[opencl] " + function + " could not be called: " + cause, cause);
    }
}
