package thimble.backend.gpu;

import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.Program;
import thimble.backend.State;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.DeviceFacts;

/** A kernel plan whose kernels are loaded on a device. */
final class GpuProgram implements Program {
    private final ComputeDevice device;
    private final KernelPlan plan;

    GpuProgram(ComputeDevice device, Graph graph) {
        this(device, new KernelPlan(graph, device.facts().kind() != DeviceFacts.Kind.CPU));
    }

    GpuProgram(ComputeDevice device, KernelPlan plan) {
        this.device = device;
        this.plan = plan;
        device.load(plan.kernels());
    }

    @Override
    public Executable bind(State state) {
        if (!(state instanceof GpuState variables) || variables.device() != device) {
            throw new IllegalArgumentException("[bind] expected a state allocated by this backend gpu but received "
                    + state.getClass().getName());
        }
        return new GpuExecutable(plan, variables);
    }

    @Override
    public String plan() {
        return plan.text();
    }
}
