package thimble.cli;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import thimble.backend.Backend;
import thimble.backend.BackendException;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.Program;
import thimble.backend.ReferenceBackend;
import thimble.backend.State;
import thimble.tensor.Tensor;

/**
 * The float64 reference on a device that is lost after so many steps.
 *
 * @param steps how many runs of programs work
 */
public record FailingBackend(int steps) implements Backend {
    static final String REASON = "[failing] the device was lost";

    private static final ReferenceBackend REFERENCE = new ReferenceBackend();
    private static final AtomicInteger RUNS = new AtomicInteger();

    public FailingBackend() {
        this(10);
    }

    @Override
    public String name() {
        return "failing";
    }

    @Override
    public String summary() {
        return "works for a while";
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public String description() {
        return "failing";
    }

    @Override
    public State allocate(Collection<Tensor> variables) {
        return REFERENCE.allocate(variables);
    }

    @Override
    public Program compile(Graph graph) {
        Program program = REFERENCE.compile(graph);
        return new Program() {
            @Override
            public Executable bind(State state) {
                return new Lost(program.bind(state), steps);
            }

            @Override
            public String plan() {
                return program.plan();
            }
        };
    }

    @Override
    public int compiled() {
        return REFERENCE.compiled();
    }

    private record Lost(Executable works, int steps) implements Executable {
        @Override
        public Executable feed(String input, float[] values) {
            works.feed(input, values);
            return this;
        }

        @Override
        public Executable feed(String input, int[] values) {
            works.feed(input, values);
            return this;
        }

        @Override
        public void run(long seed, long step) {
            if (RUNS.incrementAndGet() > steps) {
                throw new BackendException(REASON);
            }
            works.run(seed, step);
        }

        @Override
        public void fetch(int output, float[] into) {
            works.fetch(output, into);
        }

        @Override
        public void close() {
            works.close();
        }
    }
}
