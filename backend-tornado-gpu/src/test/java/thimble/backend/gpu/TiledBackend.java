package thimble.backend.gpu;

import java.util.Collection;
import thimble.backend.Backend;
import thimble.backend.Graph;
import thimble.backend.Program;
import thimble.backend.State;
import thimble.tensor.Tensor;

/** The backend as it compiles for devices with local memory of their own, on whatever device there is. */
record TiledBackend(GpuBackend backend) implements Backend {
    @Override
    public String name() {
        return backend.name();
    }

    @Override
    public String summary() {
        return backend.summary();
    }

    @Override
    public int priority() {
        return backend.priority();
    }

    @Override
    public String description() {
        return backend.description();
    }

    @Override
    public State allocate(Collection<Tensor> variables) {
        return backend.allocate(variables);
    }

    @Override
    public Program compile(Graph graph) {
        return new GpuProgram(backend.session().device(), new KernelPlan(graph, true));
    }

    @Override
    public int compiled() {
        return backend.compiled();
    }
}
