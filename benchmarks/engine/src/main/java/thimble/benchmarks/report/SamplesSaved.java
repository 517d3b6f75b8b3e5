package thimble.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Metric;
import thimble.benchmarks.Summary;
import thimble.benchmarks.statistics.Bootstrap;
import thimble.benchmarks.statistics.Interval;
import thimble.benchmarks.statistics.LearningCurve;

/**
 * The horizontal distance between two learning curves at one size, with a percentile bootstrap interval over repeats.
 *
 * @param summary the comparison
 * @param arm an arm other than the baseline
 * @param size where the distance is read
 */
public record SamplesSaved(Summary summary, String arm, int size) {
    private static final int RESAMPLES = 2_000;
    private static final double CONVINCING = 0.99;

    /**
     * A number of samples.
     *
     * @param value estimate
     * @param interval its 95 % interval; none where resampled curves leave the sizes tried
     */
    public record Estimate(double value, Optional<Interval> interval) {}

    /** Samples with which the baseline would reach what the arm has at the size. */
    Optional<Estimate> needed() {
        return distance(summary.baseline(), arm);
    }

    /** Samples with which the arm reaches what the baseline has at the size. */
    Optional<Estimate> enough() {
        return distance(arm, summary.baseline());
    }

    /**
     * Samples with which one arm would reach what another has at the size.
     *
     * @param curve the arm whose learning curve is read
     * @param level the arm whose error at the size is to be reached
     * @return empty if the error lies outside the curve
     */
    public Optional<Estimate> distance(String curve, String level) {
        List<Cell> cells = summary.config().sizes().stream()
                .flatMap(s -> summary.cell(curve, s).stream())
                .toList();
        Optional<Cell> target = summary.cell(level, size);
        if (cells.size() < 2 || target.isEmpty()) {
            return Optional.empty();
        }
        int repeats =
                cells.stream().mapToInt(cell -> cell.trials().size()).min().orElse(0);
        OptionalDouble value =
                samples(cells, target.get(), IntStream.range(0, repeats).toArray());
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (repeats < 2 || target.get().trials().size() < repeats) {
            return Optional.of(new Estimate(value.getAsDouble(), Optional.empty()));
        }
        int[] outside = new int[1];
        Interval interval = new Bootstrap(RESAMPLES, size).percentile(repeats, Cell.LEVEL, picks -> {
            OptionalDouble drawn = samples(cells, target.get(), picks);
            outside[0] += drawn.isEmpty() ? 1 : 0;
            return drawn.orElse(value.getAsDouble());
        });
        boolean known = outside[0] <= RESAMPLES * (1 - CONVINCING);
        return Optional.of(new Estimate(value.getAsDouble(), known ? Optional.of(interval) : Optional.empty()));
    }

    private OptionalDouble samples(List<Cell> cells, Cell target, int[] picks) {
        int[] sizes = cells.stream().mapToInt(Cell::size).toArray();
        double[] errors = cells.stream().mapToDouble(cell -> error(cell, picks)).toArray();
        return new LearningCurve(sizes, errors).samples(error(target, picks));
    }

    private double error(Cell cell, int[] picks) {
        Metric metric = summary.config().metric();
        double[] values = cell.values();
        return metric.error(Arrays.stream(picks)
                .mapToDouble(i -> values[Math.min(i, values.length - 1)])
                .average()
                .orElseThrow());
    }
}
