package thimble.backend;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The programs that one backend compiled, by the structure of their graphs. Each structure is compiled once, however many threads ask. */
public final class ProgramCache {
    private final ConcurrentMap<String, Program> programs = new ConcurrentHashMap<>();

    /** No programs yet. */
    public ProgramCache() {}

    /** The program of a graph, compiled now if no graph of this structure came before. */
    public Program get(Graph graph, Function<Graph, Program> compile) {
        return programs.computeIfAbsent(graph.text(), _ -> compile.apply(graph));
    }

    /** Number of programs compiled. */
    public int compiled() {
        return programs.size();
    }
}
