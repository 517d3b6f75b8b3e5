package thimble.backend.gpu;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import thimble.backend.Backend;
import thimble.backend.Device;
import thimble.backend.Graph;
import thimble.backend.Program;
import thimble.backend.State;
import thimble.backend.gpu.device.DeviceFacts;
import thimble.tensor.Tensor;

/**
 * A GPU, or any other device that a driver offers. Kernels are generated and compiled by the driver, which TornadoVM may stand before. A CPU that stands behind such an
 * interface serves for checks: it must be asked for, and is never called a GPU.
 *
 * @param runtime how devices are reached
 * @param device which one: {@code auto}, its number in {@code thimble backends}, or part of its name
 * @param sessions the devices found and opened so far
 */
public record GpuBackend(Runtime runtime, String device, Sessions sessions) implements Backend {
    private static final int REPLICAS = 16;

    /** How devices are reached. */
    public enum Runtime {
        /** The best way that works here: TornadoVM before the driver alone. */
        AUTO,
        /** TornadoVM over an OpenCL driver. */
        TORNADO,
        /** An OpenCL driver. */
        OPENCL
    }

    /** The best device of the best runtime. */
    public GpuBackend() {
        this(Runtime.AUTO, Sessions.ANY, new Sessions());
    }

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if {@code device} is blank
     */
    public GpuBackend {
        if (device.isBlank()) {
            throw new IllegalArgumentException("[gpu] expected a device but received ''");
        }
    }

    @Override
    public String name() {
        return "gpu";
    }

    @Override
    public String summary() {
        return "generated kernels on a GPU, by TornadoVM or its OpenCL driver";
    }

    @Override
    public Optional<String> unavailable() {
        return sessions.unavailable(runtime, device);
    }

    @Override
    public int priority() {
        return sessions.choose(runtime, device)
                .filter(found -> found.kind() != DeviceFacts.Kind.CPU)
                .map(_ -> 200)
                .orElse(-1);
    }

    @Override
    public String description() {
        return sessions.choose(runtime, device)
                .map(found -> "gpu, " + found.name() + ", " + found.label()
                        + (found.kind() == DeviceFacts.Kind.CPU ? ", for checks: slower than the backend cpu" : ""))
                .orElse("gpu, no device");
    }

    @Override
    public List<Device> devices() {
        return sessions.listing(runtime, device);
    }

    @Override
    public List<String> absent() {
        return sessions.absent();
    }

    @Override
    public State allocate(Collection<Tensor> variables) {
        return new GpuState(session().device(), variables);
    }

    @Override
    public Program compile(Graph graph) {
        Session session = session();
        return session.programs().get(graph, whole -> new GpuProgram(session.device(), whole));
    }

    /** A small network leaves most of a GPU idle; a CPU is busy with one. */
    @Override
    public int replicas() {
        return sessions.choose(runtime, device)
                .filter(found -> found.kind() != DeviceFacts.Kind.CPU)
                .map(_ -> REPLICAS)
                .orElse(1);
    }

    @Override
    public int compiled() {
        return sessions.compiled();
    }

    /** The open device of this backend. */
    Session session() {
        return sessions.session(runtime, device);
    }
}
