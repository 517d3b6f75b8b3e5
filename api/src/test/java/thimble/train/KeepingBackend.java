package thimble.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.Program;
import thimble.backend.ReferenceBackend;
import thimble.backend.State;
import thimble.tensor.Tensor;

/** The reference as a device that runs on its own: it keeps outputs of some runs, and writes down what programs with updates are told. */
final class KeepingBackend implements ReferenceDouble {
    private final Backend reference = new ReferenceBackend();
    private final List<String> events = new ArrayList<>();
    private final int kept;

    /**
     * @param kept outputs of how many runs it keeps
     */
    KeepingBackend(int kept) {
        this.kept = kept;
    }

    /** What training steps were told, in order: the names of inputs, {@code run} and the step, {@code fetch}. */
    List<String> events() {
        return events;
    }

    @Override
    public Backend reference() {
        return reference;
    }

    @Override
    public int compiled() {
        return reference.compiled();
    }

    @Override
    public State allocate(Collection<Tensor> variables) {
        return reference.allocate(variables);
    }

    @Override
    public Program compile(Graph graph) {
        Program program = reference.compile(graph);
        boolean trains = !graph.updates().isEmpty();
        int elements = graph.outputs().getFirst().shape().elements();
        return new Program() {
            @Override
            public Executable bind(State state) {
                return new Keeping(program.bind(state), trains, elements);
            }

            @Override
            public String plan() {
                return program.plan();
            }
        };
    }

    private final class Keeping implements Executable {
        private final Executable inner;
        private final boolean trains;
        private final float[] last;
        private float[] history = new float[0];
        private int runs;

        Keeping(Executable inner, boolean trains, int elements) {
            this.inner = inner;
            this.trains = trains;
            this.last = new float[elements];
        }

        private void note(String event) {
            if (trains) {
                events.add(event);
            }
        }

        @Override
        public Executable feed(String input, float[] values) {
            note(input);
            inner.feed(input, values);
            return this;
        }

        @Override
        public Executable feed(String input, int[] values) {
            note(input);
            inner.feed(input, values);
            return this;
        }

        @Override
        public void run(long seed, long step) {
            note("run " + step);
            inner.run(seed, step);
            if (history.length > 0) {
                inner.fetch(0, last);
                System.arraycopy(last, 0, history, runs * last.length % history.length, last.length);
                runs++;
            }
        }

        @Override
        public int keep(int output, int wanted) {
            int runsKept = Math.min(kept, wanted);
            history = new float[runsKept * last.length];
            return runsKept;
        }

        @Override
        public void fetch(int output, float[] into) {
            note("fetch");
            if (history.length > 0) {
                System.arraycopy(history, 0, into, 0, into.length);
            } else {
                inner.fetch(output, into);
            }
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
