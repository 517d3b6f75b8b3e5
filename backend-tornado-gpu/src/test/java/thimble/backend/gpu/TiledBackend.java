package thimble.backend.gpu;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.Program;
import thimble.backend.State;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.tensor.Tensor;

/**
 * A device, whatever it is, as the backend uses one with local memory of its own.
 *
 * @param device the device
 * @param keeps false if executables keep no outputs, so that each run is waited for
 * @param compilations programs compiled so far
 */
record TiledBackend(ComputeDevice device, boolean keeps, AtomicInteger compilations) implements Backend {
    TiledBackend(ComputeDevice device, boolean keeps) {
        this(device, keeps, new AtomicInteger());
    }

    @Override
    public String name() {
        return "gpu";
    }

    @Override
    public String summary() {
        return "for a test";
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public String description() {
        return device.facts().name();
    }

    @Override
    public State allocate(Collection<Tensor> variables) {
        return new GpuState(device, variables);
    }

    @Override
    public Program compile(Graph graph) {
        compilations.incrementAndGet();
        GpuProgram program = new GpuProgram(device, new KernelPlan(graph, true));
        return new Program() {
            @Override
            public Executable bind(State state) {
                return keeps ? program.bind(state) : new Forgetting(program.bind(state));
            }

            @Override
            public String plan() {
                return program.plan();
            }
        };
    }

    @Override
    public int compiled() {
        return compilations.get();
    }

    /** Keeps no outputs. */
    private record Forgetting(Executable executable) implements Executable {
        @Override
        public Executable feed(String input, float[] values) {
            executable.feed(input, values);
            return this;
        }

        @Override
        public Executable feed(String input, int[] values) {
            executable.feed(input, values);
            return this;
        }

        @Override
        public void run(long seed, long step) {
            executable.run(seed, step);
        }

        @Override
        public void fetch(int output, float[] into) {
            executable.fetch(output, into);
        }

        @Override
        public void close() {
            executable.close();
        }
    }
}
