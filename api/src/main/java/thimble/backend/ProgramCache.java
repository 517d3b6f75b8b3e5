package thimble.backend;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import thimble.tensor.GraphText;

/** The programs that one backend compiled, by the structure of their graphs. Each structure is compiled once, however many threads ask. */
public final class ProgramCache {
    private final ConcurrentHashMap<String, Program> programs = new ConcurrentHashMap<>();

    /** The program of a graph, compiled now if no graph of this structure came before. */
    public Program get(Graph graph, Function<Graph, Program> compile) {
        return programs.computeIfAbsent(structure(graph), _ -> compile.apply(graph));
    }

    /** Number of programs compiled. */
    public int compiled() {
        return programs.size();
    }

    /** Text that is equal for two graphs if and only if they compute the same from the same inputs and variables in the same way. */
    static String structure(Graph graph) {
        String updates = graph.updates().stream().map(Graph.Update::variable).collect(Collectors.joining("' '", "update '", "'"));
        return GraphText.of(graph.roots()) + updates;
    }
}
