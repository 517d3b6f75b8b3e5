package thimble.backend.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The backend of the tests, on whatever device there is. */
public final class Gpu {
    private Gpu() {}

    /**
     * A fresh backend. Without a device the test is skipped and says what to install, or fails where the environment asks for
     * {@code THIMBLE_OPENCL=required}.
     */
    static GpuBackend backend() {
        GpuBackend backend = new GpuBackend();
        needs(backend.unavailable().isEmpty());
        return backend;
    }

    /** Skips the test without a device, or fails it where one is required. */
    public static void needs(boolean device) {
        boolean required = "required".equals(System.getenv("THIMBLE_OPENCL"));
        assumeTrue(
                device || required,
                "needs an OpenCL device: apt-get install pocl-opencl-icd ocl-icd-libopencl1 makes one of the CPU");
        assertThat(device)
                .as("THIMBLE_OPENCL=required, but there is no OpenCL device; the Debian packages pocl-opencl-icd and"
                        + " ocl-icd-libopencl1 make one of the CPU")
                .isTrue();
    }
}
