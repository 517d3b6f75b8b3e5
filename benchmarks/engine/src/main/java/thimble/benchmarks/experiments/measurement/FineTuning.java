package thimble.benchmarks.experiments.measurement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import thimble.benchmarks.Arm;
import thimble.benchmarks.ArmMethods;
import thimble.benchmarks.report.Plot;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Records;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Interval;
import thimble.benchmarks.statistics.Student;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Split;
import thimble.data.Targets;
import thimble.nn.Models;
import thimble.train.Adam;
import thimble.train.CrossEntropy;
import thimble.train.Evaluation;
import thimble.train.LearnContext;
import thimble.train.TrainedModel;
import thimble.train.Trainer;
import thimble.train.TrainingListener;
import thimble.train.Weights;

/**
 * A few examples of the first half of the classes, learnt from random weights and from weights that have seen the other half; only the output
 * layer is new then.
 *
 * @param dataset name of the data
 * @param model spec of a model whose last layer is named {@code out}
 * @param pretraining steps on the other half
 * @param steps steps on the few examples
 * @param sizes numbers of examples
 * @param repeats how often everything is repeated with another seed
 * @param methods regularizers to tune with, beside none
 */
public record FineTuning(
        String dataset,
        String model,
        int pretraining,
        int steps,
        List<Integer> sizes,
        int repeats,
        List<String> methods)
        implements Measurement {
    private static final int BATCH = 50;
    private static final int MOST = 10_000;
    private static final String RANDOM = "random weights";
    private static final String PLAIN = "none";

    @Override
    public String name() {
        return "fine-tuning";
    }

    @Override
    public String title() {
        return "Five digits after the other five: ways to tune what was learnt";
    }

    @Override
    public List<Run> runs(Form form) {
        return IntStream.rangeClosed(1, repeats)
                .mapToObj(repeat -> new Run(key(repeat), bench -> values(bench, repeat)))
                .toList();
    }

    @Override
    public String extent() {
        return repeats + " repeats";
    }

    @Override
    public List<Finding> findings(Records records) {
        List<Finding> rows = new ArrayList<>();
        for (int size : sizes) {
            rows.add(Records.mean(
                    "accuracy from " + RANDOM + ", n = " + size, Unit.PERCENT, all(records, RANDOM, size)));
            for (String method : arms()) {
                boolean plain = method.equals(PLAIN);
                rows.add(gain(
                        plain ? "pre-trained weights − random ones" : method + " − none, both pre-trained",
                        method,
                        plain ? RANDOM : PLAIN,
                        size,
                        records));
            }
        }
        return rows;
    }

    private Finding gain(String label, String arm, String over, int size, Records records) {
        double[] with = all(records, arm, size);
        double[] without = all(records, over, size);
        double[] gains = IntStream.range(0, Math.min(with.length, without.length))
                .mapToDouble(i -> with[i] - without[i])
                .toArray();
        return Records.mean(label + ", n = " + size, Unit.POINTS, gains);
    }

    /** Error over the number of examples; none if nothing ran yet. */
    public Optional<Plot> plot(Records records) {
        List<Plot.Series> curves = new ArrayList<>();
        curves.add(curve(RANDOM, RANDOM, records));
        arms().forEach(method -> curves.add(curve(method.equals(PLAIN) ? "pre-trained" : method, method, records)));
        List<Plot.Series> drawn =
                curves.stream().filter(curve -> !curve.points().isEmpty()).toList();
        return drawn.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plot(name(), title(), "training examples", true, "test error in %", true, drawn));
    }

    private Plot.Series curve(String label, String arm, Records records) {
        List<Plot.Point> points = new ArrayList<>();
        for (int size : sizes) {
            double[] found = all(records, arm, size);
            if (found.length > 0) {
                points.add(new Plot.Point(
                        size,
                        100 - Student.mean(found),
                        Records.interval(found)
                                .map(accuracy -> new Interval(100 - accuracy.high(), 100 - accuracy.low())),
                        false));
            }
        }
        return new Plot.Series(label, points);
    }

    private Map<String, Double> values(Bench bench, int repeat) {
        DatasetSource.Parts data = bench.data().apply(dataset);
        long seed = bench.seed() + repeat - 1;
        int half = data.train().classes() / 2;
        Dataset others = some(classes(data.train(), half, data.train().classes()), MOST, seed);
        Dataset pool = classes(data.train(), 0, half);
        Dataset test = classes(data.test().orElseThrow(), 0, half);
        Weights known = pretrained(bench, others, seed);
        Map<String, Double> values = new LinkedHashMap<>();
        for (int size : sizes) {
            Dataset train = some(pool, size, seed);
            Trainer random = trainer(bench, train, PLAIN, steps, seed);
            values.put(value(RANDOM, size), accuracy(bench, random, train, test, seed));
            for (String method : arms()) {
                Trainer tuned = trainer(bench, train, method, steps, seed).initial(known);
                values.put(value(method, size), accuracy(bench, tuned, train, test, seed));
            }
        }
        return values;
    }

    private Weights pretrained(Bench bench, Dataset others, long seed) {
        try (TrainedModel model =
                trainer(bench, others, PLAIN, pretraining, seed).fit(others, context(bench, seed))) {
            return new Weights(model.weights().entries().stream()
                    .filter(entry -> !entry.name().startsWith("out."))
                    .toList());
        }
    }

    private Trainer trainer(Bench bench, Dataset train, String method, int count, long seed) {
        return new Trainer(
                        bench.backend(),
                        Models.parse(model, train),
                        new CrossEntropy(),
                        ArmMethods.of(Arm.parse(method)).regularizers(),
                        new Adam(),
                        BATCH,
                        1,
                        seed)
                .steps(count);
    }

    private static double accuracy(Bench bench, Trainer trainer, Dataset train, Dataset test, long seed) {
        try (TrainedModel model = trainer.fit(train, context(bench, seed))) {
            return 100 * Evaluation.of(model.predict(test), test).accuracy();
        }
    }

    private static LearnContext context(Bench bench, long seed) {
        return new LearnContext(bench.backend(), seed, TrainingListener.NONE, bench.cancelled());
    }

    private static Dataset some(Dataset data, int most, long seed) {
        return data.select(Split.stratified(data, Math.min(most, data.size()), seed));
    }

    /** The examples of the classes from {@code first} to below {@code end}, which are all classes there are. */
    private static Dataset classes(Dataset data, int first, int end) {
        int[] all = data.labels();
        int[] chosen = IntStream.range(0, all.length)
                .filter(i -> all[i] >= first && all[i] < end)
                .toArray();
        float[][] examples = new float[chosen.length][data.example().elements()];
        int[] labels = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            data.read(chosen[i], 0, examples[i], 0);
            labels[i] = all[chosen[i]] - first;
        }
        List<String> names = ((Targets.Classes) data.targets()).names().subList(first, end);
        return ArrayDataset.of(data.name(), data.example(), examples, labels, names);
    }

    private List<String> arms() {
        return Stream.concat(Stream.of(PLAIN), methods.stream()).toList();
    }

    private double[] all(Records records, String arm, int size) {
        return records.values(
                IntStream.rangeClosed(1, repeats).mapToObj(this::key).toList(), value(arm, size));
    }

    private static String value(String arm, int size) {
        return arm + " @ " + size;
    }

    private String key(int repeat) {
        return dataset + " | " + model + " | " + pretraining + " and " + steps + " steps | " + methods + " | n=" + sizes
                + " | repeat " + repeat;
    }
}
