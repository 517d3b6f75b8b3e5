package thimble.benchmarks.speed;

import java.util.Optional;
import thimble.backend.Backend;
import thimble.backend.Graph;

/**
 * One kernel to measure: a graph that a backend compiles to little else.
 *
 * @param name what it computes
 * @param shape sizes, for people
 * @param graph what runs; its inputs are fed once; empty for the loop written by hand
 * @param operations floating point operations of a run: two for each multiply-add, else one for each element and primitive
 * @param bytes of operands and results together, each once
 * @param contraction whether multiply-adds are its work, so that its share of the peak says how good it is
 */
public record KernelCase(
        String name, String shape, Optional<Graph> graph, double operations, double bytes, boolean contraction) {
    /** Multiplications of a run from which a second thread is asked to help. */
    private static final double SHARED = 8e6;

    /** Whether it is measured on several threads too. */
    boolean large() {
        return contraction && operations >= 2 * SHARED;
    }

    /** Name and shape. */
    public String title() {
        return name + " " + shape;
    }

    /** Ready to run on a backend, which the loop written by hand does not need. */
    public TimedCall compile(Backend backend) {
        return graph.<TimedCall>map(some -> new TimedGraph(backend, some))
                .orElseGet(() -> new HandLoop((int) bytes / HandLoop.BYTES));
    }
}
