package thimble.benchmarks.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Adjustment of several p values tested together.
 *
 * <p>Sture Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6, 1979.
 */
public final class Holm {
    private Holm() {}

    /** Adjusted values in the order given: the running maximum of (m − rank)·p over ascending p, at most 1. */
    public static double[] adjust(double[] p) {
        List<Integer> order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .toList();
        double[] adjusted = new double[p.length];
        double running = 0;
        for (int rank = 0; rank < p.length; rank++) {
            int i = order.get(rank);
            running = Math.max(running, Math.min(1, (p.length - rank) * p[i]));
            adjusted[i] = running;
        }
        return adjusted;
    }
}
