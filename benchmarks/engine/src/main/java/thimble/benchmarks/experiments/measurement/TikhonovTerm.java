package thimble.benchmarks.experiments.measurement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import thimble.benchmarks.Budget;
import thimble.benchmarks.Protocol;
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
import thimble.data.Dataset;
import thimble.train.TrainedModel;

/**
 * The loss that noise on inputs adds, as a share of ½σ² tr ∂²L/∂x², for linear, logistic and two-layer networks.
 *
 * @param steps training steps of each network
 * @param repeats networks of each kind
 */
public record TikhonovTerm(int steps, int repeats) implements Measurement {
    private static final List<Double> SIGMAS = List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.5);
    private static final double SMALL = 0.05;
    private static final double LOW = 95;
    private static final double HIGH = 105;
    private static final String TWO_LAYERS = "mlp:hidden=20,activation=tanh";
    private static final List<Case> CASES = List.of(
            new Case("linear, squared error", "diabetes", "linear", "mean-squared-error", "rmse"),
            new Case("logistic, binary cross-entropy", "breast-cancer", "linear", "binary-cross-entropy", "accuracy"),
            new Case("two layers, squared error", "diabetes", TWO_LAYERS, "mean-squared-error", "rmse"),
            new Case(
                    "two layers, binary cross-entropy",
                    "breast-cancer",
                    TWO_LAYERS,
                    "binary-cross-entropy",
                    "accuracy"),
            new Case(
                    "two layers, binary cross-entropy, a fortieth of the steps",
                    "breast-cancer",
                    TWO_LAYERS,
                    "binary-cross-entropy",
                    "accuracy",
                    40));

    /** A network with its data, its loss and what part of the steps it trains. */
    private record Case(String name, String dataset, String model, String loss, String metric, int part) {
        Case(String name, String dataset, String model, String loss, String metric) {
            this(name, dataset, model, loss, metric, 1);
        }
    }

    @Override
    public String name() {
        return "tikhonov-term";
    }

    @Override
    public String title() {
        return "Loss added by noise on inputs over its Tikhonov term";
    }

    @Override
    public List<Run> runs(Form form) {
        List<Run> runs = new ArrayList<>();
        for (Case network : CASES) {
            for (int repeat = 1; repeat <= repeats; repeat++) {
                int r = repeat;
                runs.add(new Run(key(network, r), bench -> values(bench, network, r)));
            }
        }
        return runs;
    }

    @Override
    public String extent() {
        return new Budget.Steps(steps).text() + " of training, " + repeats + " repeats; 300 patients and 400 cells";
    }

    @Override
    public List<Finding> findings(Records records) {
        List<Finding> rows = new ArrayList<>();
        for (Case network : CASES) {
            SIGMAS.forEach(sigma -> rows.add(share(network, sigma, records)));
            rows.add(Records.mean(
                    "Bishop's part of the term · " + network.name(),
                    Unit.PERCENT,
                    percent(records.values(keys(network), "part"))));
        }
        return rows;
    }

    private Finding share(Case network, double sigma, Records records) {
        String label = "added loss over the term at σ = " + sigma + " · " + network.name();
        double[] shares = percent(records.values(keys(network), share(sigma)));
        if (shares.length == 0) {
            return Finding.open(label, Unit.PERCENT, OptionalDouble.of(100));
        }
        double mean = Student.mean(shares);
        Optional<Interval> interval = Records.interval(shares);
        boolean judged = sigma <= SMALL;
        Outcome outcome = judged ? Rules.between(mean, interval, LOW, HIGH) : Outcome.REPORTED;
        return Finding.judged(label, Unit.PERCENT, mean, interval, OptionalDouble.of(100), outcome)
                .remark(judged ? "claimed: within 5 %" : "");
    }

    private Map<String, Double> values(Bench bench, Case network, int repeat) {
        Conditions conditions = Conditions.of(network.dataset(), network.model())
                .loss(network.loss())
                .metric(network.metric())
                .protocol(new Protocol.Fraction(0.2))
                .rate(0.01)
                .steps(steps / network.part());
        int size = network.loss().equals("mean-squared-error") ? 300 : 400;
        Dataset train = bench.parts(conditions, size, repeat).train();
        try (TrainedModel model = bench.train(conditions, "none", size, repeat)) {
            AddedLoss added = AddedLoss.of(model, train, bench.seed() + repeat);
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("part", added.part());
            SIGMAS.forEach(sigma -> values.put(share(sigma), added.share(sigma)));
            return values;
        }
    }

    private static double[] percent(double[] shares) {
        return Arrays.stream(shares).map(share -> 100 * share).toArray();
    }

    private static String share(double sigma) {
        return "share " + sigma;
    }

    private List<String> keys(Case network) {
        return IntStream.rangeClosed(1, repeats)
                .mapToObj(repeat -> key(network, repeat))
                .toList();
    }

    private String key(Case network, int repeat) {
        return network.name() + " | " + network.dataset() + " | " + network.model() + " | " + steps / network.part()
                + " steps | repeat " + repeat;
    }
}
