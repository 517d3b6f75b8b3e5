package uk.ac.manchester.tornado.api;

import java.util.List;

/** A graph that is finished. */
public class ImmutableTaskGraph {
    private final String name;
    private final List<TaskGraph.Step> steps;

    ImmutableTaskGraph(String name, List<TaskGraph.Step> steps) {
        this.name = name;
        this.steps = List.copyOf(steps);
    }

    String name() {
        return name;
    }

    List<TaskGraph.Step> steps() {
        return steps;
    }
}
