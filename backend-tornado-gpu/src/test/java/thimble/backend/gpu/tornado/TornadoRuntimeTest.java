package thimble.backend.gpu.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.backend.BackendException;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.DeviceFacts;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.recording.Event;
import uk.ac.manchester.tornado.api.recording.Recording;

class TornadoRuntimeTest {
    @TempDir
    Path cache;

    private Recorded tornado;

    @BeforeEach
    void start() {
        tornado = new Recorded(cache);
    }

    @AfterEach
    void stop() {
        tornado.close();
    }

    @Test
    void devicesOfOpenClAreListedAndOthersNot() {
        tornado.recording.with(TornadoVMBackendType.PTX, Recorded.device("of CUDA", TornadoDeviceType.GPU));
        tornado.recording.with(
                TornadoVMBackendType.OPENCL,
                Recorded.device("a CPU", TornadoDeviceType.CPU),
                Recorded.device("an FPGA", TornadoDeviceType.FPGA));
        TornadoRuntime runtime = tornado.runtime();
        assertThat(runtime.absent()).isEmpty();
        assertThat(runtime.devices())
                .extracting(DeviceFacts::index, DeviceFacts::name, DeviceFacts::label)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, "Test GPU", "GPU (TornadoVM, OpenCL)"),
                        org.assertj.core.groups.Tuple.tuple(1, "a CPU", "CPU (TornadoVM, OpenCL)"),
                        org.assertj.core.groups.Tuple.tuple(2, "an FPGA", "accelerator (TornadoVM, OpenCL)"));
        assertThat(runtime.devices().getFirst().details())
                .isEqualTo("1.0 GiB, float32, 7 compute units, Test platform");
    }

    @Test
    void withoutDevicesTheSentenceSaysWhatToInstall() {
        Recording.start();
        assertThat(tornado.runtime().absent())
                .hasValue("TornadoVM offers no OpenCL device; install its SDK for OpenCL and a driver");
    }

    @Test
    void aTornadoVmThatHidesFailuresIsNotUsed() {
        System.clearProperty("tornado.recover.bailout");
        TornadoRuntime runtime = tornado.runtime();
        assertThat(runtime.devices()).isEmpty();
        assertThat(runtime.absent().orElseThrow()).contains("say nothing").contains("-Dtornado.recover.bailout=False");
        assertThatThrownBy(() -> runtime.open(facts("Test GPU")))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("say nothing");
    }

    @Test
    void oneThatDoesNotStartIsAbsent() {
        tornado.recording.with(TornadoVMBackendType.OPENCL, Recorded.device("", null));
        assertThat(tornado.runtime().absent().orElseThrow())
                .startsWith("TornadoVM does not start (")
                .contains("TORNADOVM_HOME");
    }

    @Test
    void allTasksAreInOneGraphWhereEachRunsItsOwnKernel() {
        assertThat(form()).isEqualTo(Form.TOGETHER);
    }

    @Test
    void eachTaskHasItsGraphWhereTheFirstKernelWouldRunForAll() {
        tornado.recording.withWrongKernels();
        assertThat(form()).isEqualTo(Form.APART);
    }

    private Form form() {
        TornadoRuntime runtime = tornado.runtime();
        try (ComputeDevice device = runtime.open(runtime.devices().getFirst())) {
            return ((TornadoComputeDevice) device).form();
        }
    }

    @Test
    void kernelsThatDoNothingAreRefused() {
        tornado.recording.kernel("thimble_selftest_subtract", (_, _) -> {});
        TornadoRuntime runtime = tornado.runtime();
        assertThatThrownBy(() -> runtime.open(runtime.devices().getFirst()))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("TOGETHER: expected 33, 9, … but received 0.0, 0.0, …")
                .hasMessageContaining("APART: expected 33")
                .hasMessageContaining("use gpu:runtime=opencl");
        assertThat(tornado.recording.events().stream().filter(Event.Closed.class::isInstance))
                .as("the memory of both tries is given back")
                .hasSize(2);
    }

    @Test
    void aKernelThatFailsInOneFormIsTriedInTheOther() {
        tornado.recording.failing("thimble_selftest_add");
        TornadoRuntime runtime = tornado.runtime();
        assertThatThrownBy(() -> runtime.open(runtime.devices().getFirst()))
                .hasMessageContaining(
                        "TOGETHER: [tornado] running kernels failed: the driver failed in thimble_selftest_add")
                .hasMessageContaining("APART: [tornado]");
    }

    @Test
    void onlyItsOwnDevicesAreOpened() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tornado.runtime().open(facts("another")))
                .withMessageContaining("expected one of");
    }

    private static DeviceFacts facts(String name) {
        return new DeviceFacts("tornado", 0, name, DeviceFacts.Kind.GPU, "", 1, 1, 1, false, false, false);
    }
}
