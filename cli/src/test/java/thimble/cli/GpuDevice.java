package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import thimble.backend.Backends;

/** The device that tests of the backend gpu need: where THIMBLE_OPENCL=required they fail without one, elsewhere they are skipped. */
final class GpuDevice {
    private GpuDevice() {}

    static void require() {
        boolean present = Backends.found().stream()
                .anyMatch(found -> found.name().equals("gpu") && found instanceof Backends.Found.Usable);
        assumeTrue(
                present || "required".equals(System.getenv("THIMBLE_OPENCL")),
                "needs an OpenCL device: apt-get install pocl-opencl-icd ocl-icd-libopencl1 makes one of the CPU");
        assertThat(present).as("an OpenCL device").isTrue();
    }
}
