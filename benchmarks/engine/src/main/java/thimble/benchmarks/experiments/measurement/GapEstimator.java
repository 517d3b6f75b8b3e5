package thimble.benchmarks.experiments.measurement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import thimble.benchmarks.Cell;
import thimble.benchmarks.report.Plot;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Records;
import thimble.benchmarks.reproduction.Rules;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Interval;
import thimble.benchmarks.statistics.Line;
import thimble.benchmarks.statistics.Student;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Split;
import thimble.train.TrainedModel;

/**
 * How far the gap measured with m held-out examples is from the gap measured with all of them: the root mean square over disjoint blocks of m
 * test examples in random order, times √((N − 1) / (N − m)) because the blocks are drawn from N examples without replacement. The estimator
 * converges like 1/√m if the slope of its logarithm over log m is −½.
 *
 * @param conditions how the network trains
 * @param size number of training examples
 * @param repeats networks
 */
public record GapEstimator(Conditions conditions, int size, int repeats) implements Measurement {
    private static final List<Integer> HELD = List.of(10, 20, 50, 100, 200, 500, 1000);
    private static final String NONE = "none";
    private static final int ORDERS = 40;
    private static final double SMALLEST = 1e-12;

    @Override
    public String name() {
        return "gap-estimator";
    }

    @Override
    public String title() {
        return "Validation loss minus training loss is a consistent estimator of the gap";
    }

    @Override
    public List<Run> runs(Form form) {
        return IntStream.rangeClosed(1, repeats)
                .mapToObj(repeat -> new Run(key(repeat), bench -> values(bench, repeat)))
                .toList();
    }

    @Override
    public String extent() {
        return size + " examples, " + repeats + " repeats";
    }

    @Override
    public List<Finding> findings(Records records) {
        List<String> keys =
                IntStream.rangeClosed(1, repeats).mapToObj(this::key).toList();
        List<Finding> rows = new ArrayList<>();
        rows.add(Records.mean("gap with all test examples", Unit.NUMBER, records.values(keys, "gap")));
        for (int held : HELD) {
            rows.add(Records.mean(
                    "error of the gap from " + held + " examples", Unit.NUMBER, records.values(keys, error(held))));
        }
        String label = "slope of log error over log number of examples";
        double[] slopes = keys.stream()
                .filter(key -> records.value(key, "gap").isPresent())
                .mapToDouble(key -> slope(records, key))
                .toArray();
        if (slopes.length == 0) {
            rows.add(Finding.open(label, Unit.NUMBER, OptionalDouble.of(-0.5)));
            return rows;
        }
        double mean = Student.mean(slopes);
        Optional<Interval> interval = Records.interval(slopes);
        rows.add(Finding.judged(
                        label,
                        Unit.NUMBER,
                        mean,
                        interval,
                        OptionalDouble.of(-0.5),
                        Rules.between(mean, interval, -0.55, -0.45))
                .remark("claimed: consistent; a mean of independent losses gives −½"));
        return rows;
    }

    /** Error of the gap over the number of held-out examples; none if nothing ran yet. */
    public Optional<Plot> plot(Records records) {
        List<String> keys =
                IntStream.rangeClosed(1, repeats).mapToObj(this::key).toList();
        List<Plot.Point> points = new ArrayList<>();
        for (int held : HELD) {
            double[] found = records.values(keys, error(held));
            if (found.length > 0) {
                points.add(new Plot.Point(held, Student.mean(found), Records.interval(found), false));
            }
        }
        List<Plot.Series> curve = List.of(new Plot.Series("gap from so many held-out examples", points));
        return points.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plot(name(), title(), "held-out examples", true, "error of the gap", true, curve));
    }

    private static double slope(Records records, String key) {
        double[] held = HELD.stream().mapToDouble(Math::log).toArray();
        double[] errors = HELD.stream()
                .mapToDouble(count -> Math.log(records.value(key, error(count)).orElseThrow()))
                .toArray();
        return Line.through(held, errors, Cell.LEVEL).slope();
    }

    private Map<String, Double> values(Bench bench, int repeat) {
        DatasetSource.Parts parts = bench.parts(conditions, size, repeat);
        try (TrainedModel model = bench.train(conditions, NONE, size, repeat)) {
            double[] held = losses(model, parts.test().orElseThrow());
            double[] train = losses(model, parts.train());
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("gap", Student.mean(held) - Student.mean(train));
            values.put("deviation", Student.deviation(held));
            HELD.forEach(count -> values.put(error(count), error(held, count, bench.seed() + repeat)));
            return values;
        }
    }

    /** Root mean square error of the mean of {@code count} numbers drawn without replacement, put right to independent draws. */
    static double error(double[] losses, int count, long seed) {
        double mean = Student.mean(losses);
        int blocks = losses.length / count;
        double squares = 0;
        for (int order = 0; order < ORDERS; order++) {
            int[] permutation = Split.permutation(losses.length, seed * 1000 + order);
            for (int block = 0; block < blocks; block++) {
                double sum = 0;
                for (int i = 0; i < count; i++) {
                    sum += losses[permutation[block * count + i]];
                }
                squares += (sum / count - mean) * (sum / count - mean);
            }
        }
        return Math.sqrt(squares / (ORDERS * blocks) * (losses.length - 1) / (losses.length - count));
    }

    private static double[] losses(TrainedModel model, Dataset data) {
        float[][] scores = model.predict(data);
        double[] losses = new double[scores.length];
        Arrays.setAll(losses, i -> -Math.log(Math.max(SMALLEST, scores[i][data.label(i)])));
        return losses;
    }

    private static String error(int held) {
        return "error " + held;
    }

    private String key(int repeat) {
        return conditions.dataset() + " | " + conditions.model() + " | "
                + conditions.training().budget().text() + " | n=" + size + " | repeat " + repeat;
    }
}
