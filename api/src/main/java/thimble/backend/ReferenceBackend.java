package thimble.backend;

import java.util.Collection;
import thimble.tensor.Tensor;

/**
 * The backend whose programs are evaluated in float64 by {@link thimble.tensor.Reference}: slow and exact, for tests and for checking other
 * backends. Values enter and leave as float32.
 *
 * @param programs programs compiled so far
 */
public record ReferenceBackend(ProgramCache programs) implements Backend {
    /** A backend without programs. */
    public ReferenceBackend() {
        this(new ProgramCache());
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public String summary() {
        return "double precision, one thread, slow: for checking other backends";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public String description() {
        return "reference: float64, 1 thread";
    }

    @Override
    public State allocate(Collection<Tensor> variables) {
        return new ReferenceState(variables);
    }

    @Override
    public Program compile(Graph graph) {
        return programs.get(graph, ReferenceProgram::new);
    }

    @Override
    public int compiled() {
        return programs.compiled();
    }
}
