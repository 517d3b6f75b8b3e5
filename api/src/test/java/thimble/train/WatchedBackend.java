package thimble.train;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import thimble.backend.Backend;
import thimble.backend.BackendException;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.Program;
import thimble.backend.ReferenceBackend;
import thimble.backend.State;
import thimble.tensor.Tensor;

/** The reference, with a count of what is open, a compilation that fails, or runs that compute nothing. */
final class WatchedBackend implements ReferenceDouble {
    private final Backend reference = new ReferenceBackend();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger compilations = new AtomicInteger();
    private final int failing;
    private final boolean idle;

    /** Fails at the compilation of this number, counted from 1; 0 for none. */
    WatchedBackend(int failing) {
        this(failing, false);
    }

    private WatchedBackend(int failing, boolean idle) {
        this.failing = failing;
        this.idle = idle;
    }

    /** Runs compute nothing, every output is 1. */
    static WatchedBackend idle() {
        return new WatchedBackend(0, true);
    }

    /** States and executables that are not closed. */
    int open() {
        return open.get();
    }

    @Override
    public Backend reference() {
        return reference;
    }

    @Override
    public int compiled() {
        return compilations.get();
    }

    @Override
    public State allocate(Collection<Tensor> variables) {
        open.incrementAndGet();
        return new Watched(reference.allocate(variables));
    }

    @Override
    public Program compile(Graph graph) {
        if (compilations.incrementAndGet() == failing) {
            throw new BackendException("no memory on the device");
        }
        Program program = reference.compile(graph);
        return new Program() {
            @Override
            public Executable bind(State state) {
                Executable bound = program.bind(((Watched) state).inner);
                open.incrementAndGet();
                return new Running(bound);
            }

            @Override
            public String plan() {
                return program.plan();
            }
        };
    }

    private final class Watched implements State {
        private final State inner;

        Watched(State inner) {
            this.inner = inner;
        }

        @Override
        public List<Tensor> variables() {
            return inner.variables();
        }

        @Override
        public void write(String variable, float[] values) {
            inner.write(variable, values);
        }

        @Override
        public void read(String variable, float[] into) {
            inner.read(variable, into);
        }

        @Override
        public void close() {
            open.decrementAndGet();
            inner.close();
        }
    }

    private final class Running implements Executable {
        private final Executable inner;

        Running(Executable inner) {
            this.inner = inner;
        }

        @Override
        public Executable feed(String input, float[] values) {
            if (!idle) {
                inner.feed(input, values);
            }
            return this;
        }

        @Override
        public Executable feed(String input, int[] values) {
            inner.feed(input, values);
            return this;
        }

        @Override
        public void run(long seed, long step) {
            if (!idle) {
                inner.run(seed, step);
            }
        }

        @Override
        public void fetch(int output, float[] into) {
            if (idle) {
                Arrays.fill(into, 1);
            } else {
                inner.fetch(output, into);
            }
        }

        @Override
        public void close() {
            open.decrementAndGet();
            inner.close();
        }
    }
}
