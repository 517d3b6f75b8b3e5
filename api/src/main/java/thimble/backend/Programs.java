package thimble.backend;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Programs compiled so far, by the structural text of their graphs: ten seeds and eight values of λ compile once. Safe for many threads; a
 * graph that several threads ask for at the same time is compiled by one of them. A backend holds one as a component that is no parameter.
 */
public final class Programs {
    private final ConcurrentMap<String, Program> programs = new ConcurrentHashMap<>();

    /** No programs yet. */
    public Programs() {}

    /** The program of a graph, compiled if no structurally equal graph was asked for before. */
    public Program of(Graph graph, Function<Graph, Program> compile) {
        return programs.computeIfAbsent(graph.text(), _ -> compile.apply(graph));
    }

    /** How many programs were compiled. */
    public int size() {
        return programs.size();
    }
}
