package thimble.backend.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import thimble.backend.BackendException;
import thimble.backend.Device;
import thimble.backend.gpu.GpuBackend.Runtime;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.ComputeRuntime;
import thimble.backend.gpu.device.DeviceFacts;
import thimble.backend.gpu.device.DeviceFacts.Kind;

/** Which runtime and device are chosen, and what is said of the others. */
class SessionsTest {
    private static final String ABSENT = "TornadoVM is not here; install it";

    /** Lists devices and writes down which were opened; opens none if it refuses. */
    private static final class Listed implements ComputeRuntime {
        private final String name;
        private final boolean refuses;
        private final List<DeviceFacts> devices = new ArrayList<>();
        private final List<DeviceFacts> opened = new ArrayList<>();

        Listed(String name, boolean refuses, Kind... kinds) {
            this.name = name;
            this.refuses = refuses;
            for (Kind kind : kinds) {
                devices.add(new DeviceFacts(
                        name,
                        devices.size(),
                        kind + " of test",
                        kind,
                        "driver",
                        1L << (30 + devices.size()),
                        1L << 30,
                        1,
                        false,
                        false,
                        false));
            }
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Optional<String> absent() {
            return devices.isEmpty() ? Optional.of(ABSENT) : Optional.empty();
        }

        @Override
        public List<DeviceFacts> devices() {
            return devices;
        }

        @Override
        public ComputeDevice open(DeviceFacts device) {
            opened.add(device);
            if (refuses) {
                throw new BackendException("[test] refuses");
            }
            throw new BackendException("[test] opened " + device.runtime() + " " + device.index());
        }
    }

    private static Sessions sessions(Listed... runtimes) {
        return new Sessions(List.of(runtimes));
    }

    private static String chosen(Sessions sessions, Runtime runtime, String device) {
        return sessions.choose(runtime, device)
                .map(found -> found.runtime() + " " + found.index())
                .orElse("none");
    }

    @Test
    void tornadoGoesBeforeTheDriverAndAGpuBeforeAll() {
        Sessions both = sessions(
                new Listed("tornado", false, Kind.CPU, Kind.GPU), new Listed("opencl", false, Kind.CPU, Kind.GPU));
        assertThat(chosen(both, Runtime.AUTO, "auto")).isEqualTo("tornado 1");
        assertThat(chosen(both, Runtime.OPENCL, "auto")).isEqualTo("opencl 1");
        assertThat(chosen(both, Runtime.TORNADO, "0")).isEqualTo("tornado 0");
        assertThat(chosen(both, Runtime.OPENCL, "cpu OF")).isEqualTo("opencl 0");
        assertThat(chosen(both, Runtime.AUTO, "7")).isEqualTo("none");
        Sessions split = sessions(new Listed("tornado", false, Kind.CPU), new Listed("opencl", false, Kind.GPU));
        assertThat(chosen(split, Runtime.AUTO, "auto")).isEqualTo("opencl 0");
        Sessions alone = sessions(new Listed("tornado", false), new Listed("opencl", false, Kind.GPU));
        assertThat(chosen(alone, Runtime.AUTO, "auto")).isEqualTo("opencl 0");
        assertThat(chosen(alone, Runtime.TORNADO, "auto")).isEqualTo("none");
    }

    @Test
    void listsSayWhyAndHow() {
        Sessions both = sessions(new Listed("tornado", false, Kind.GPU), new Listed("opencl", false, Kind.GPU));
        assertThat(both.listing(Runtime.AUTO, "auto"))
                .extracting(Device::kind, Device::chosen, Device::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "GPU (TornadoVM, OpenCL)",
                                true,
                                "chosen: the only device; TornadoVM goes before the driver"),
                        org.assertj.core.groups.Tuple.tuple(
                                "GPU (OpenCL)", false, "gpu:runtime=opencl,device=0 chooses it"));
        assertThat(both.listing(Runtime.OPENCL, "auto"))
                .extracting(Device::reason)
                .containsExactly("gpu:runtime=tornado,device=0 chooses it", "chosen: asked for");
        Sessions two = sessions(new Listed("tornado", false), new Listed("opencl", false, Kind.CPU, Kind.GPU));
        assertThat(two.listing(Runtime.AUTO, "auto").get(1).reason())
                .isEqualTo("chosen: the first kind of GPU, accelerator, CPU that there is, with the most memory");
    }

    @Test
    void whatIsAbsentIsSaidWithTheFix() {
        Sessions alone = sessions(new Listed("tornado", false), new Listed("opencl", false, Kind.GPU));
        assertThat(alone.absent()).containsExactly("runtime=tornado: " + ABSENT);
        assertThat(alone.unavailable(Runtime.TORNADO, "auto")).hasValue(ABSENT);
        assertThat(alone.unavailable(Runtime.AUTO, "auto")).isEmpty();
        assertThat(alone.unavailable(Runtime.AUTO, "9")).hasValue("there is no device '9'; there are: 0 GPU of test");
        assertThatThrownBy(() -> alone.session(Runtime.TORNADO, "auto"))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining(ABSENT);
    }

    @Test
    void aTornadoVmThatRefusesIsPassedOverUnlessItWasAskedFor() {
        Listed tornado = new Listed("tornado", true, Kind.GPU);
        Listed opencl = new Listed("opencl", false, Kind.GPU);
        Sessions both = sessions(tornado, opencl);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> both.session(Runtime.AUTO, "auto")).hasMessage("[test] opened opencl 0");
        }
        assertThat(tornado.opened).as("it is asked once").hasSize(1);
        assertThat(opencl.opened).hasSize(2);
        assertThatThrownBy(() -> both.session(Runtime.TORNADO, "auto")).hasMessage("[test] refuses");
    }
}
