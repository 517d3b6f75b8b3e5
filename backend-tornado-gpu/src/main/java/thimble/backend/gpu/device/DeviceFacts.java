package thimble.backend.gpu.device;

import java.util.Locale;

/**
 * What a driver says of a device.
 *
 * @param runtime runtime that reaches it
 * @param index position among the devices of its runtime, from 0
 * @param name the device's name
 * @param kind what it is
 * @param driver platform and version of the driver
 * @param memory bytes of its memory
 * @param largest bytes of the largest single allocation
 * @param units compute units
 * @param float64 true if it calculates in float64
 * @param float16 true if it calculates in float16
 * @param exactDivision true if quotients and roots can be asked to be correctly rounded
 */
public record DeviceFacts(
        String runtime,
        int index,
        String name,
        Kind kind,
        String driver,
        long memory,
        long largest,
        int units,
        boolean float64,
        boolean float16,
        boolean exactDivision) {
    /** What a device is. A CPU behind a GPU interface is never called a GPU. */
    public enum Kind {
        GPU,
        ACCELERATOR,
        CPU
    }

    /** For example {@code GPU (OpenCL)}, {@code CPU (OpenCL)} or {@code GPU (TornadoVM, OpenCL)}. */
    public String label() {
        String way = runtime.equals("tornado") ? "TornadoVM, OpenCL" : "OpenCL";
        return (kind == Kind.ACCELERATOR ? "accelerator" : kind.name()) + " (" + way + ")";
    }

    /** Options for the driver's compiler. */
    public String options() {
        // without the second option divisions and roots may be wrong in the last two bits
        return "-cl-std=CL1.2" + (exactDivision ? " -cl-fp32-correctly-rounded-divide-sqrt" : "");
    }

    /** The floating-point formats that it calculates in. */
    public String precision() {
        return "float32" + (float64 ? ", float64" : "") + (float16 ? ", float16" : "");
    }

    /** Memory, precision, compute units and driver in words. */
    public String details() {
        return bytes(memory) + ", " + precision() + ", " + units + " compute units, " + driver;
    }

    /** A number of bytes for people. */
    public static String bytes(long bytes) {
        if (bytes < 1 << 20) {
            return bytes + " bytes";
        }
        return bytes < 1L << 30
                ? String.format(Locale.ROOT, "%.1f MiB", bytes * 0x1p-20)
                : String.format(Locale.ROOT, "%.1f GiB", bytes * 0x1p-30);
    }
}
