package thimble.benchmarks.experiments.measurement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import thimble.benchmarks.Cell;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Records;
import thimble.benchmarks.reproduction.Rules;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Interval;
import thimble.benchmarks.statistics.Student;
import thimble.benchmarks.statistics.Wilcoxon;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Fold;
import thimble.data.Split;

/**
 * Networks of several depths and a forest on random stratified splits of many tables. On each split each learner tries its three settings on a
 * fifth of the training rows and learns from all of them with the best.
 *
 * @param conditions how networks train; data and model change
 * @param tables names of the tables
 * @param splits random splits of each table into four fifths and one
 */
public record TableDepths(Conditions conditions, List<String> tables, int splits) implements Measurement {
    static final int SHALLOW = 1;
    static final int DEEP = 10;
    public static final String FOREST = "forest";
    private static final List<Integer> DEPTHS = List.of(SHALLOW, 2, 5, DEEP);
    private static final List<Double> RATES = List.of(1e-3, 3e-4, 3e-3);
    private static final List<Integer> TREE_DEPTHS = List.of(0, 4, 8);
    private static final double HELD = 0.2;
    private static final double OVERLAP = HELD / (1 - HELD);
    private static final double TOLERATED = 1;
    private static final int PERCENT = 100;

    @Override
    public String name() {
        return "table-depths";
    }

    @Override
    public String title() {
        return "Accuracy on tables with 1, 2, 5 and 10 hidden layers and with a forest";
    }

    @Override
    public List<Run> runs(Form form) {
        List<Run> runs = new ArrayList<>();
        for (int split = 1; split <= splits; split++) {
            int number = split;
            tables.forEach(table -> runs.add(new Run(key(table, number), bench -> values(bench, table, number))));
        }
        return runs;
    }

    @Override
    public String extent() {
        return tables.size() + " tables, " + splits + " random splits of each, 4 to 1";
    }

    @Override
    public List<Finding> findings(Records records) {
        List<Finding> rows = new ArrayList<>();
        tables.forEach(table -> rows.add(table(table, records)));
        rows.add(over(records, network(SHALLOW)));
        rows.add(over(records, network(2)));
        rows.add(over(records, network(5)));
        rows.add(over(records, FOREST));
        rows.add(Records.mean(
                network(DEEP) + " on its training rows",
                Unit.PERCENT,
                scaled(means(records, training(network(DEEP))))));
        return rows;
    }

    /** Mean accuracy of a learner on each table where all learners were measured. */
    public double[] means(Records records, String learner) {
        return tables.stream()
                .map(table -> records.values(keys(table), learner))
                .filter(values -> values.length > 0)
                .mapToDouble(Student::mean)
                .toArray();
    }

    /** The learners, networks by depth first. */
    static List<String> learners() {
        List<String> all =
                new ArrayList<>(DEPTHS.stream().map(TableDepths::network).toList());
        all.add(FOREST);
        return all;
    }

    /** Numbers of hidden layers. */
    public static List<Integer> depths() {
        return DEPTHS;
    }

    /** The specification of a network with this many hidden layers. */
    public static String network(int hidden) {
        return hidden == 1 ? "1 hidden layer" : hidden + " hidden layers";
    }

    static String training(String learner) {
        return learner + " · training rows";
    }

    private Finding table(String table, Records records) {
        String label = table + ": " + network(DEEP) + " − " + network(SHALLOW);
        double[] differences =
                differences(records.values(keys(table), network(DEEP)), records.values(keys(table), network(SHALLOW)));
        if (differences.length == 0) {
            return Finding.open(label, Unit.POINTS, OptionalDouble.empty());
        }
        Optional<Interval> interval = differences.length < 2
                ? Optional.empty()
                : Optional.of(Student.interval(differences, Cell.LEVEL, OVERLAP));
        double ours = Student.mean(differences);
        String levels = learners().stream()
                .map(learner -> learner + " "
                        + Unit.PERCENT.number(PERCENT * Student.mean(records.values(keys(table), learner))))
                .collect(Collectors.joining(" · "));
        return Finding.judged(
                        label,
                        Unit.POINTS,
                        ours,
                        interval,
                        OptionalDouble.empty(),
                        Rules.level(ours, interval, -TOLERATED))
                .remark("claimed: at most 1 point worse; accuracy " + levels);
    }

    /** The deepest network minus another learner over tables. */
    private Finding over(Records records, String other) {
        String label = "mean over tables: " + network(DEEP) + " − " + other;
        double[] differences = differences(means(records, network(DEEP)), means(records, other));
        if (differences.length < 2) {
            return Finding.open(label, Unit.POINTS, OptionalDouble.empty());
        }
        double ours = Student.mean(differences);
        Optional<Interval> interval = Records.interval(differences);
        boolean claimed = !other.equals(FOREST);
        String text = "over " + differences.length + " tables: better on "
                + Arrays.stream(differences).filter(d -> d > 0).count() + ", worse on "
                + Arrays.stream(differences).filter(d -> d < 0).count() + "; Wilcoxon signed-rank p = "
                + Unit.NUMBER.number(Wilcoxon.p(differences));
        Outcome outcome = claimed ? Rules.level(ours, interval, -TOLERATED) : Outcome.REPORTED;
        return Finding.judged(label, Unit.POINTS, ours, interval, OptionalDouble.empty(), outcome)
                .remark((claimed ? "claimed: at most 1 point worse; " : "") + text);
    }

    private Map<String, Double> values(Bench bench, String table, int split) {
        long seed = bench.seed() + split - 1;
        Dataset all = bench.data().apply(table).train();
        Fold fold = Split.heldOut(all, HELD, seed);
        DatasetSource.Parts parts =
                new DatasetSource.Parts(fold.train(all), Optional.of(fold.test(all)), Optional.empty());
        GridSearch search = new GridSearch(bench, parts, seed);
        Map<String, Double> values = new LinkedHashMap<>();
        candidates(table).forEach((learner, candidates) -> {
            GridSearch.Candidate best =
                    GridSearch.best(search.tried(candidates)).candidate();
            GridSearch.Learnt learnt = search.learnt(best);
            values.put(learner, learnt.test());
            values.put(training(learner), learnt.train());
        });
        return values;
    }

    private Map<String, List<GridSearch.Candidate>> candidates(String table) {
        Conditions here = new Conditions(
                table, conditions.model(), conditions.training(), 0, conditions.protocol(), conditions.metric());
        Map<String, List<GridSearch.Candidate>> all = new LinkedHashMap<>();
        for (int depth : DEPTHS) {
            Conditions network = here.model("mlp:hidden=100x" + depth + ",init=he");
            all.put(
                    network(depth),
                    RATES.stream()
                            .map(rate -> new GridSearch.Candidate(network.rate(rate), "none"))
                            .toList());
        }
        all.put(
                FOREST,
                TREE_DEPTHS.stream()
                        .map(depth -> new GridSearch.Candidate(here, "forest:depth=" + depth))
                        .toList());
        return all;
    }

    /** Differences in points. */
    private static double[] differences(double[] ours, double[] other) {
        int count = Math.min(ours.length, other.length);
        return IntStream.range(0, count)
                .mapToDouble(i -> PERCENT * (ours[i] - other[i]))
                .toArray();
    }

    private static double[] scaled(double[] shares) {
        return Arrays.stream(shares).map(share -> PERCENT * share).toArray();
    }

    private List<String> keys(String table) {
        return IntStream.rangeClosed(1, splits)
                .mapToObj(split -> key(table, split))
                .toList();
    }

    private String key(String table, int split) {
        return table + " | " + conditions.training().budget().text() + " | split " + split;
    }
}
