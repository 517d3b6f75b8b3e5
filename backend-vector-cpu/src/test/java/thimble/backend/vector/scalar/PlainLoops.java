package thimble.backend.vector.scalar;

import java.util.Collection;
import thimble.backend.Backend;
import thimble.backend.Graph;
import thimble.backend.Program;
import thimble.backend.State;
import thimble.backend.vector.VectorBackend;
import thimble.tensor.Tensor;

/**
 * The CPU as it is without the Vector API.
 *
 * @param cpu where the state lies
 */
record PlainLoops(VectorBackend cpu) implements Backend {
    @Override
    public String name() {
        return cpu.name();
    }

    @Override
    public String summary() {
        return cpu.summary();
    }

    @Override
    public int priority() {
        return cpu.priority();
    }

    @Override
    public String description() {
        return "plain loops";
    }

    @Override
    public State allocate(Collection<Tensor> variables) {
        return cpu.allocate(variables);
    }

    @Override
    public Program compile(Graph graph) {
        return new ScalarProgram(graph);
    }

    @Override
    public int compiled() {
        return cpu.compiled();
    }
}
