package thimble.backend.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** The backend of the tests, on whatever device there is. */
final class Gpu {
    private Gpu() {}

    /**
     * A fresh backend. Without a device the test fails and says what to install; {@code -Dopencl=skip} leaves it out instead.
     */
    static GpuBackend backend() {
        GpuBackend backend = new GpuBackend();
        boolean skip = System.getProperty("opencl", "").equals("skip");
        assumeFalse(
                skip && backend.unavailable().isPresent(),
                "needs an OpenCL device: apt-get install pocl-opencl-icd ocl-icd-libopencl1");
        assertThat(backend.unavailable())
                .as("tests of this module need an OpenCL device; the Debian packages pocl-opencl-icd and"
                        + " ocl-icd-libopencl1 make one of the CPU, and -Dopencl=skip leaves these tests out")
                .isEmpty();
        return backend;
    }
}
