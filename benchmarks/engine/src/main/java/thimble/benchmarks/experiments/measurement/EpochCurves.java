package thimble.benchmarks.experiments.measurement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import thimble.benchmarks.Cell;
import thimble.benchmarks.report.Plot;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Ledger;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Records;
import thimble.benchmarks.reproduction.Rules;
import thimble.benchmarks.reproduction.Size;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Interval;

/** Test accuracy after every epoch of one training per arm; the last comparison is made at the latest epoch that all arms have. */
public final class EpochCurves implements Measurement {
    private static final String ACCURACY = "accuracy";
    private static final double Z = NormalDistribution.of(0, 1).inverseCumulativeProbability((1 + Cell.LEVEL) / 2);

    private final CurveNetwork network;
    private final CurveTuning tuning;
    private final int tests;
    private final List<EpochTraining> trainings;

    /**
     * Curves.
     *
     * @param network how they learn
     * @param tuning what chose their learning rates and strengths
     * @param tests most test pictures
     * @param arms names of the arms in the tuning, the plain one first
     */
    public EpochCurves(CurveNetwork network, CurveTuning tuning, int tests, List<String> arms) {
        this.network = network;
        this.tuning = tuning;
        this.tests = tests;
        this.trainings =
                arms.stream().map(arm -> new EpochTraining(network, arm)).toList();
    }

    @Override
    public String name() {
        return "epochs";
    }

    @Override
    public String title() {
        return "Accuracy over epochs with and without gradient regularization";
    }

    @Override
    public List<Run> runs(Form form) {
        List<Run> runs = new ArrayList<>();
        for (int epoch = 1; epoch <= network.epochs(); epoch++) {
            int number = epoch;
            trainings.forEach(training ->
                    runs.add(new Run(key(training.arm(), number), bench -> values(bench, training, number))));
        }
        return runs;
    }

    private Map<String, Double> values(Bench bench, EpochTraining training, int epoch) {
        Records tuned = Ledger.read(bench.folder().resolve(tuning.name() + ".jsonl"));
        return Map.of(
                ACCURACY,
                training.accuracy(
                        bench,
                        tuning.chosen(training.arm(), tuned),
                        epoch,
                        CurveNetwork.pictures(bench, network.examples(), tests)));
    }

    @Override
    public String extent() {
        return network.model() + ", " + Size.count(network.examples()) + " pictures, " + network.epochs()
                + " epochs, one training of each arm";
    }

    @Override
    public List<Finding> findings(Records records) {
        int last = IntStream.rangeClosed(1, network.epochs())
                .filter(epoch -> trainings.stream()
                        .allMatch(training -> records.values().containsKey(key(training.arm(), epoch))))
                .max()
                .orElse(0);
        List<Finding> rows = new ArrayList<>();
        String after = last == 0 ? "" : " after " + last + " of " + network.epochs() + " epochs";
        trainings.forEach(training -> rows.add(level(training.arm(), last, after, records)));
        String plain = trainings.getFirst().arm();
        for (EpochTraining training : trainings.subList(1, trainings.size())) {
            rows.add(gain(training.arm(), plain, last, after, records));
        }
        return rows;
    }

    private Finding level(String arm, int epoch, String after, Records records) {
        OptionalDouble accuracy = records.value(key(arm, epoch), ACCURACY);
        String label = "accuracy on batch 5" + after + " · " + arm;
        return accuracy.isEmpty()
                ? Finding.open(label, Unit.PERCENT, OptionalDouble.empty())
                : Finding.reported(
                        label,
                        Unit.PERCENT,
                        100 * accuracy.getAsDouble(),
                        Optional.of(interval(100 * accuracy.getAsDouble(), variance(accuracy.getAsDouble()))));
    }

    private Finding gain(String arm, String plain, int epoch, String after, Records records) {
        String label = arm + " − " + plain + after;
        OptionalDouble with = records.value(key(arm, epoch), ACCURACY);
        OptionalDouble without = records.value(key(plain, epoch), ACCURACY);
        if (with.isEmpty() || without.isEmpty()) {
            return Finding.open(label, Unit.POINTS, OptionalDouble.empty());
        }
        double ours = 100 * (with.getAsDouble() - without.getAsDouble());
        Interval interval = interval(ours, variance(with.getAsDouble()) + variance(without.getAsDouble()));
        long ahead = IntStream.rangeClosed(1, epoch)
                .filter(e -> records.value(key(arm, e), ACCURACY).orElse(0)
                        > records.value(key(plain, e), ACCURACY).orElse(1))
                .count();
        return Finding.judged(
                        label,
                        Unit.POINTS,
                        ours,
                        Optional.of(interval),
                        OptionalDouble.empty(),
                        Rules.gain(ours, Optional.of(interval), 0))
                .remark("claimed: above 0; ahead after " + ahead + " of " + epoch
                        + " epochs; one training each, the interval is that of the test pictures alone");
    }

    /** The curves so far. */
    public Optional<Plot> plot(Records records) {
        List<Plot.Series> series = trainings.stream()
                .map(training -> new Plot.Series(training.arm(), points(training.arm(), records)))
                .filter(curve -> !curve.points().isEmpty())
                .toList();
        return series.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plot(name(), title(), "epochs", false, "accuracy on batch 5 in %", false, series));
    }

    private List<Plot.Point> points(String arm, Records records) {
        return IntStream.rangeClosed(1, network.epochs())
                .filter(epoch -> records.values().containsKey(key(arm, epoch)))
                .mapToObj(epoch -> Plot.Point.of(
                        epoch, 100 * records.value(key(arm, epoch), ACCURACY).orElseThrow()))
                .toList();
    }

    private static Interval interval(double center, double variance) {
        double half = Z * Math.sqrt(variance);
        return new Interval(center - half, center + half);
    }

    /** Of an accuracy in percent on the test pictures. */
    private double variance(double accuracy) {
        return 1e4 * accuracy * (1 - accuracy) / tests;
    }

    private String key(String arm, int epoch) {
        return arm + " | " + network.model() + " | " + network.examples() + " pictures | epoch " + epoch + " of "
                + network.epochs();
    }
}
