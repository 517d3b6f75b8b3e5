package thimble.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import thimble.benchmarks.statistics.Interval;
import thimble.benchmarks.statistics.Student;

/**
 * What the repeats of one arm at one size gave.
 *
 * @param methods spec of the arm
 * @param size number of training examples
 * @param trials the finished trials that did not fail, by repeat; at least one
 * @param failed how many failed
 * @param mean mean of the metric
 * @param deviation standard deviation of the metric
 * @param ci 95 % interval of the mean by Student's t, corrected for overlapping splits
 */
public record Cell(
        String methods, int size, List<Trial> trials, int failed, double mean, double deviation, Interval ci) {
    /** Level of every interval. */
    public static final double LEVEL = 0.95;

    /** Copies the trials. */
    public Cell {
        trials = List.copyOf(trials);
    }

    /** A cell of at least one trial that did not fail. */
    static Cell of(String methods, int size, List<Trial> ok, int failed, double overlap) {
        List<Trial> ordered =
                ok.stream().sorted(Comparator.comparingInt(Trial::repeat)).toList();
        double[] values = ordered.stream().mapToDouble(Cell::value).toArray();
        return new Cell(
                methods,
                size,
                ordered,
                failed,
                Student.mean(values),
                Student.deviation(values),
                Student.interval(values, LEVEL, overlap));
    }

    /** The metric of each trial, by repeat. */
    public double[] values() {
        return trials.stream().mapToDouble(Cell::value).toArray();
    }

    /** Held-out minus training loss of each trial that has it, by repeat. */
    public double[] gaps() {
        return trials.stream()
                .map(Trial::gap)
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
    }

    /** Median time of a training in seconds. */
    public double seconds() {
        return median(trials.stream().mapToDouble(Trial::seconds).toArray());
    }

    /** Hyperparameters: the common value, else the median of numbers, else all values joined by {@code |}. */
    public Map<String, String> hyperparameters() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Trial trial : trials) {
            trial.hyperparameters().forEach((name, value) -> {
                List<String> seen = values.computeIfAbsent(name, _ -> new ArrayList<>());
                seen.add(value);
            });
        }
        Map<String, String> common = new LinkedHashMap<>();
        values.forEach((name, seen) -> common.put(name, common(seen)));
        return common;
    }

    /** The value of one repeat, if it did not fail. */
    OptionalDouble value(int repeat) {
        return trials.stream()
                .filter(trial -> trial.repeat() == repeat)
                .mapToDouble(Cell::value)
                .findFirst();
    }

    private static double value(Trial trial) {
        return trial.value().orElseThrow();
    }

    private static String common(List<String> values) {
        List<String> distinct = values.stream().distinct().toList();
        if (distinct.size() == 1) {
            return distinct.getFirst();
        }
        try {
            return Double.toString(
                    median(values.stream().mapToDouble(Double::parseDouble).toArray()));
        } catch (NumberFormatException texts) {
            return String.join("|", distinct);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
