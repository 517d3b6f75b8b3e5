package thimble.benchmarks.experiments.measurement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import thimble.benchmarks.Cell;
import thimble.benchmarks.report.Plot;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Records;
import thimble.benchmarks.reproduction.Size;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Interval;
import thimble.benchmarks.statistics.Line;
import thimble.benchmarks.statistics.Student;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.Split;
import thimble.data.Targets;
import thimble.method.Methods;
import thimble.nn.Layer;
import thimble.nn.Models;
import thimble.train.CrossEntropy;
import thimble.train.Evaluation;
import thimble.train.LearnContext;
import thimble.train.Regularizer;
import thimble.train.Schedule;
import thimble.train.Sgd;
import thimble.train.TrainedModel;
import thimble.train.Trainer;
import thimble.train.TrainingListener;
import thimble.train.Weights;

/**
 * How much of random labels a network learns by heart while a method drops its parts, and after how many steps its training loss in evaluation
 * mode is below {@link #TARGET}; with a line over the drop rate.
 *
 * @param dataset name of the data whose labels are drawn anew
 * @param model spec of the model
 * @param examples number of training examples
 * @param rounds rounds of {@link #ROUND} steps
 * @param repeats trainings for each method and rate
 * @param methods names of methods with a parameter {@code rate}
 */
public record RandomLabels(String dataset, String model, int examples, int rounds, int repeats, List<String> methods)
        implements Measurement {
    private static final int ROUND = 50;
    private static final int BATCH = 50;
    private static final double TARGET = 2;
    private static final double LINEAR = 0.95;
    private static final String ACCURACY = "accuracy";
    private static final String STEPS = "steps";

    @Override
    public String name() {
        return "random-labels";
    }

    @Override
    public String title() {
        return "Learning random labels by heart while dropping";
    }

    @Override
    public List<Run> runs(Form form) {
        List<Run> runs = new ArrayList<>();
        for (int repeat = 1; repeat <= repeats; repeat++) {
            int r = repeat;
            for (String method : methods) {
                for (int tenths = 0; tenths <= 9; tenths++) {
                    double rate = tenths / 10.0;
                    runs.add(new Run(key(method, rate, r), bench -> values(bench, method, rate, r)));
                }
            }
        }
        return runs;
    }

    @Override
    public String extent() {
        return Size.count(examples) + " examples with random labels, " + repeats + " repeats";
    }

    @Override
    public List<Finding> findings(Records records) {
        List<Finding> rows = new ArrayList<>();
        for (String method : methods) {
            for (int tenths = 0; tenths <= 9; tenths++) {
                double[] found = records.values(keys(method, tenths / 10.0), ACCURACY);
                rows.add(Records.mean(
                        "accuracy on random labels, " + method + " " + tenths / 10.0, Unit.PERCENT, times100(found)));
            }
            rows.addAll(line(method, records));
            for (int tenths = 0; tenths <= 9; tenths++) {
                double[] found = records.values(keys(method, tenths / 10.0), STEPS);
                String label = "steps to a training loss of 2, " + method + " " + tenths / 10.0;
                Finding row = Records.mean(label, Unit.NUMBER, found);
                int done = records.values(keys(method, tenths / 10.0), ACCURACY).length;
                String some = found.length + " of " + done + " got there within " + rounds * ROUND + " steps";
                if (found.length == done) {
                    rows.add(row);
                } else if (found.length > 0) {
                    rows.add(row.remark(some));
                } else {
                    rows.add(Finding.undefined(label, Unit.NUMBER, OptionalDouble.empty(), some));
                }
            }
            rows.add(longer(method, records));
        }
        return rows;
    }

    /** Accuracy on random labels over the drop rate, a curve for each method; none if nothing ran yet. */
    public Optional<Plot> plot(Records records) {
        List<Plot.Series> curves = new ArrayList<>();
        for (String method : methods) {
            List<Plot.Point> points = new ArrayList<>();
            for (int tenths = 0; tenths <= 9; tenths++) {
                double[] found = times100(records.values(keys(method, tenths / 10.0), ACCURACY));
                if (found.length > 0) {
                    points.add(new Plot.Point(tenths / 10.0, Student.mean(found), Records.interval(found), false));
                }
            }
            if (!points.isEmpty()) {
                curves.add(new Plot.Series(method, points));
            }
        }
        return curves.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Plot(name(), title(), "drop rate", false, "accuracy on random labels in %", false, curves));
    }

    private List<Finding> line(String method, Records records) {
        String slope = "line of accuracy over drop rate, " + method + ": slope per 0.1";
        String share = "line of accuracy over drop rate, " + method + ": R²";
        Points points = points(method, records, ACCURACY);
        if (points.few()) {
            return List.of(
                    Finding.open(slope, Unit.POINTS, OptionalDouble.empty()),
                    Finding.open(share, Unit.NUMBER, OptionalDouble.empty()));
        }
        Line line = points.line();
        Interval interval = line.slopeInterval().times(0.1);
        Outcome falls = interval.high() < 0 ? Outcome.HOLDS : Outcome.NOT;
        Outcome linear = line.explained() >= LINEAR ? Outcome.HOLDS : falls == Outcome.HOLDS ? Outcome.PARTLY : falls;
        return List.of(
                Finding.judged(
                                slope,
                                Unit.POINTS,
                                line.slope() / 10,
                                Optional.of(interval),
                                OptionalDouble.empty(),
                                falls)
                        .remark("claimed: falls"),
                Finding.judged(share, Unit.NUMBER, line.explained(), Optional.empty(), OptionalDouble.empty(), linear)
                        .remark("claimed: a line; holds from " + LINEAR + " on, partly if accuracy falls at all"));
    }

    private Finding longer(String method, Records records) {
        String label = "line of steps over drop rate, " + method + ": more steps per 0.1";
        Points points = points(method, records, STEPS);
        if (points.few()) {
            return Finding.open(label, Unit.NUMBER, OptionalDouble.empty());
        }
        Line line = points.line();
        Interval interval = line.slopeInterval().times(0.1);
        Outcome outcome = interval.low() > 0 ? Outcome.HOLDS : line.slope() > 0 ? Outcome.PARTLY : Outcome.NOT;
        return Finding.judged(
                        label, Unit.NUMBER, line.slope() / 10, Optional.of(interval), OptionalDouble.empty(), outcome)
                .remark("claimed: training takes longer; over the rates that got there");
    }

    private Map<String, Double> values(Bench bench, String method, double rate, int repeat) {
        Dataset train = labelled(bench.data().apply(dataset).train(), bench.seed() + repeat - 1);
        Regularizer dropping = Methods.parse(Regularizer.class, method + ":rate=" + rate);
        Layer layers = Models.parse(model, train);
        Sgd descent = new Sgd(0.05, 0.9, false, Schedule.CONSTANT, 0);
        Map<String, Double> values = new LinkedHashMap<>();
        Optional<Weights> weights = Optional.empty();
        for (int round = 0; round < rounds; round++) {
            long seed = (bench.seed() + repeat) * 100_003 + round;
            Trainer trainer = new Trainer(
                            bench.backend(), layers, new CrossEntropy(), List.of(dropping), descent, BATCH, 1, seed)
                    .steps(ROUND);
            trainer = weights.map(trainer::initial).orElse(trainer);
            LearnContext context = new LearnContext(bench.backend(), seed, TrainingListener.NONE, bench.cancelled());
            try (TrainedModel network = trainer.fit(train, context)) {
                weights = Optional.of(network.weights());
                Evaluation evaluation = Evaluation.of(network, train);
                values.put(ACCURACY, evaluation.accuracy());
                if (evaluation.metric(Evaluation.LOSS) <= TARGET) {
                    values.putIfAbsent(STEPS, (double) (round + 1) * ROUND);
                }
            }
        }
        return values;
    }

    /** The first examples of a seeded order with labels drawn uniformly. */
    private Dataset labelled(Dataset pool, long seed) {
        int[] chosen = Split.stratified(pool, examples, seed);
        SplittableRandom random = new SplittableRandom(seed);
        float[][] pictures = new float[examples][Math.toIntExact(pool.example().elements())];
        int[] labels = new int[examples];
        for (int i = 0; i < examples; i++) {
            pool.read(chosen[i], 0, pictures[i], 0);
            labels[i] = random.nextInt(pool.classes());
        }
        List<String> classes = ((Targets.Classes) pool.targets()).names();
        return ArrayDataset.of(pool.name() + " with random labels", pool.example(), pictures, labels, classes);
    }

    /** Drop rates with a value for each. */
    private record Points(double[] rates, double[] values) {
        boolean few() {
            return rates.length < 3 || Arrays.stream(rates).distinct().count() < 2;
        }

        Line line() {
            return Line.through(rates, values, Cell.LEVEL);
        }
    }

    private Points points(String method, Records records, String name) {
        double scale = name.equals(ACCURACY) ? 100 : 1;
        List<double[]> points = new ArrayList<>();
        for (int tenths = 0; tenths <= 9; tenths++) {
            for (double value : records.values(keys(method, tenths / 10.0), name)) {
                points.add(new double[] {tenths / 10.0, value * scale});
            }
        }
        return new Points(
                points.stream().mapToDouble(point -> point[0]).toArray(),
                points.stream().mapToDouble(point -> point[1]).toArray());
    }

    private static double[] times100(double[] values) {
        return Arrays.stream(values).map(value -> 100 * value).toArray();
    }

    private List<String> keys(String method, double rate) {
        return IntStream.rangeClosed(1, repeats)
                .mapToObj(repeat -> key(method, rate, repeat))
                .toList();
    }

    private String key(String method, double rate, int repeat) {
        return method + " " + rate + " | " + dataset + " | " + model + " | " + rounds * ROUND + " steps | n=" + examples
                + " | repeat " + repeat;
    }
}
