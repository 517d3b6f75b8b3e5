package thimble.backend;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import thimble.method.Method;
import thimble.tensor.Tensor;

/** Runs graphs: two functions, allocate a state and compile a graph. Implementations are safe for many threads and keep no global state. */
public interface Backend extends Method {
    /** Why this backend cannot run here, with the fix in words; empty if it can. */
    default Optional<String> unavailable() {
        return Optional.empty();
    }

    /** Rank in the choice of {@code auto}: the largest available one wins. The float64 reference has 0, CPU 100, GPU 200. */
    int priority();

    /** One line for people: device, vector width, threads. */
    String description();

    /** The devices that this backend could run on, if that is a choice; else none. */
    default List<Device> devices() {
        return List.of();
    }

    /** What is not here and would give more devices or other ways to them, each with the fix in words. */
    default List<String> absent() {
        return List.of();
    }

    /**
     * Memory for variables, filled with zeros.
     *
     * @param variables nodes of {@link thimble.tensor.Op.Variable}; names are unique
     */
    State allocate(Collection<Tensor> variables);

    /**
     * Compiles a graph; structurally equal graphs give the same cached program.
     *
     * @throws IllegalArgumentException if a graph is malformed
     * @throws BackendException if the device fails
     */
    Program compile(Graph graph);

    /** How many trainings of a small network it computes faster as one program than one after another; 1 for none. */
    default int replicas() {
        return 1;
    }

    /** How many distinct programs were compiled so far by this instance, for tests of the cache. */
    int compiled();
}
