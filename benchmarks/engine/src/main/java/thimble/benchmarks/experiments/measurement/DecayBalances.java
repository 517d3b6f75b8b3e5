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
import thimble.benchmarks.Budget;
import thimble.benchmarks.report.Plot;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Outcome;
import thimble.benchmarks.reproduction.Records;
import thimble.benchmarks.reproduction.Size;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Interval;
import thimble.benchmarks.statistics.Student;
import thimble.method.Spec;
import thimble.train.Calibration;
import thimble.train.DecayBalance;
import thimble.train.Provenance;
import thimble.train.TrainedModel;
import thimble.train.TrainingListener;

/**
 * How hard decay pulls on each layer against the loss, |λ_l w_l| / |Δw_l|, at the start, half-way and at the end of a training, with one λ and
 * with λ by layer.
 *
 * @param conditions how networks train; model and number of steps change
 * @param size number of training examples
 * @param repeats trainings of each network
 * @param steps steps of each training, even
 * @param networks the networks, those of fully connected layers first and by depth
 */
public record DecayBalances(Conditions conditions, int size, int repeats, int steps, List<DecayNetwork> networks)
        implements Measurement {
    private static final double LAMBDA = 1e-3;
    private static final int EXAMPLES = 96;
    private static final double EXACT = 1e-6;
    private static final String STRENGTH = "λ | ";

    @Override
    public String name() {
        return "decay-balances";
    }

    @Override
    public String title() {
        return "|λw| / |Δw| layer by layer: the mechanism";
    }

    @Override
    public List<Run> runs(Form form) {
        List<Run> runs = new ArrayList<>();
        for (int repeat = 1; repeat <= repeats; repeat++) {
            for (DecayNetwork network : networks) {
                for (String method : List.of(DecayStrengths.ONE, DecayStrengths.LAYERWISE)) {
                    int r = repeat;
                    runs.add(new Run(key(network, method, r), bench -> values(bench, network, method, r)));
                }
            }
        }
        return runs;
    }

    private Map<String, Double> values(Bench bench, DecayNetwork network, String method, int repeat) {
        Conditions here = conditions.model(network.spec()).steps(steps);
        Pulls pulls = new Pulls(steps / 2);
        String arm =
                method + ":lambda=" + LAMBDA + (method.equals(DecayStrengths.LAYERWISE) ? ",samples=" + EXAMPLES : "");
        try (TrainedModel model = (TrainedModel)
                bench.fit(here, arm, bench.parts(here, size, repeat), bench.seed() + repeat - 1, pulls)) {
            List<String> kernels = pulls.kernels;
            double[] strengths = strengths(model, kernels.size());
            Map<String, Double> values = new LinkedHashMap<>();
            for (int layer = 0; layer < strengths.length; layer++) {
                values.put(STRENGTH + kernels.get(layer), strengths[layer]);
            }
            pulls.measured.forEach((step, ratios) -> {
                for (int layer = 0; layer < strengths.length; layer++) {
                    values.put(at(step) + kernels.get(layer), strengths[layer] * ratios[layer]);
                }
            });
            return values;
        }
    }

    /** The strength of each kernel's decay in that training: the same for all, or as measured before its first step. */
    private static double[] strengths(TrainedModel model, int kernels) {
        String calibrated = model.provenance().getOrDefault(Provenance.CALIBRATED, "");
        double[] strengths = new double[kernels];
        if (calibrated.isEmpty()) {
            Arrays.fill(strengths, LAMBDA);
            return strengths;
        }
        Spec.Setting ratios = Optional.ofNullable(
                        Spec.parse(calibrated).settings().get("ratios"))
                .orElseThrow();
        String[] parts = ratios.toString().split("/");
        Arrays.setAll(strengths, layer -> LAMBDA * Double.parseDouble(parts[layer]));
        return strengths;
    }

    /** Collects |w_l| / |Δw_l| of every kernel. */
    private static final class Pulls implements TrainingListener {
        private final int every;
        private final Map<Long, double[]> measured = new LinkedHashMap<>();
        private List<String> kernels = List.of();

        Pulls(int every) {
            this.every = every;
        }

        @Override
        public int measureEvery() {
            return every;
        }

        @Override
        public void measure(long step, Calibration now) {
            List<DecayBalance.Layer> layers = DecayBalance.of(now, EXAMPLES, 1).layers();
            kernels = layers.stream().map(DecayBalance.Layer::kernel).toList();
            measured.put(
                    step, layers.stream().mapToDouble(DecayBalance.Layer::ratio).toArray());
        }
    }

    @Override
    public String extent() {
        return Size.count(size) + " digits, " + repeats + " repeats, " + new Budget.Steps(steps).text();
    }

    @Override
    public List<Finding> findings(Records records) {
        List<Finding> rows = new ArrayList<>();
        for (DecayNetwork network : networks) {
            for (int step : List.of(0, steps / 2, steps)) {
                rows.add(spread(network, DecayStrengths.ONE, step, records));
            }
            rows.add(exact(network, records));
            rows.add(spread(network, DecayStrengths.LAYERWISE, steps, records));
        }
        rows.add(growth(records));
        return rows;
    }

    /** Largest over smallest ratio of the layers: the geometric mean over repeats. */
    private Finding spread(DecayNetwork network, String method, int step, Records records) {
        String label = network.label() + ", " + words(method) + ", "
                + (step == 0 ? "at the start" : "after " + step + " steps") + ": largest over smallest";
        double[] logs = logs(network, method, step, records);
        if (logs.length == 0) {
            return Finding.open(label, Unit.FACTOR, OptionalDouble.empty());
        }
        Optional<Interval> interval =
                Records.interval(logs).map(ci -> new Interval(Math.exp(ci.low()), Math.exp(ci.high())));
        return Finding.reported(label, Unit.FACTOR, Math.exp(Student.mean(logs)), interval)
                .remark(layers(network, method, step, records));
    }

    private Finding exact(DecayNetwork network, Records records) {
        String label = network.label() + ", λ by layer, at the start: largest over smallest − 1";
        double[] logs = logs(network, DecayStrengths.LAYERWISE, 0, records);
        if (logs.length == 0) {
            return Finding.open(label, Unit.NUMBER, OptionalDouble.empty());
        }
        double worst = Math.expm1(Arrays.stream(logs).max().orElseThrow());
        return Finding.judged(
                        label,
                        Unit.NUMBER,
                        worst,
                        Optional.empty(),
                        OptionalDouble.of(0),
                        worst <= EXACT ? Outcome.HOLDS : Outcome.NOT)
                .remark("claimed: at most 1e-6");
    }

    /** The spread at the start under one λ from each number of fully connected layers to the next. */
    private Finding growth(Records records) {
        String label = "one λ, at the start: the spread of the deepest MLP over that of the shallowest";
        List<double[]> logs = networks.stream()
                .filter(network -> network.spec().startsWith("mlp"))
                .map(network -> logs(network, DecayStrengths.ONE, 0, records))
                .toList();
        if (logs.size() < 2 || logs.stream().anyMatch(values -> values.length == 0)) {
            return Finding.open(label, Unit.FACTOR, OptionalDouble.empty());
        }
        double[] means = logs.stream().mapToDouble(Student::mean).toArray();
        boolean rising = IntStream.range(1, means.length).allMatch(i -> means[i] > means[i - 1]);
        double ratio = Math.exp(means[means.length - 1] - means[0]);
        Outcome outcome = rising ? Outcome.HOLDS : ratio > 1 ? Outcome.PARTLY : Outcome.NOT;
        return Finding.judged(label, Unit.FACTOR, ratio, Optional.empty(), OptionalDouble.empty(), outcome)
                .remark("claimed: it grows from each depth to the next");
    }

    /** The ratio of every layer over that of the last at the start, under one λ. */
    public Optional<Plot> plot(Records records) {
        List<Plot.Series> series = networks.stream()
                .map(network -> new Plot.Series(network.label(), points(network, records)))
                .filter(curve -> !curve.points().isEmpty())
                .toList();
        return series.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plot(
                        name(),
                        "|λw| / |Δw| under one λ at the start, relative to the last layer",
                        "place of the layer, 0 at the input and 1 at the output",
                        false,
                        "ratio over that of the last layer",
                        true,
                        series));
    }

    private List<Plot.Point> points(DecayNetwork network, Records records) {
        List<Double> ratios =
                List.copyOf(means(network, DecayStrengths.ONE, 0, records).values());
        return IntStream.range(0, ratios.size())
                .mapToObj(i -> Plot.Point.of(i / (ratios.size() - 1.0), ratios.get(i) / ratios.getLast()))
                .toList();
    }

    private double[] logs(DecayNetwork network, String method, int step, Records records) {
        return keys(network, method).stream()
                .map(key -> ratios(key, step, records))
                .filter(ratios -> !ratios.isEmpty())
                .mapToDouble(ratios -> {
                    double[] all = ratios.values().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray();
                    return Math.log(Arrays.stream(all).max().orElseThrow()
                            / Arrays.stream(all).min().orElseThrow());
                })
                .toArray();
    }

    private String layers(DecayNetwork network, String method, int step, Records records) {
        return means(network, method, step, records).entrySet().stream()
                .map(entry -> entry.getKey().replace(".kernel", "") + " " + Unit.NUMBER.number(entry.getValue()))
                .collect(Collectors.joining(" · "));
    }

    /** Mean ratio over repeats by kernel. */
    private Map<String, Double> means(DecayNetwork network, String method, int step, Records records) {
        List<Map<String, Double>> all = keys(network, method).stream()
                .map(key -> ratios(key, step, records))
                .filter(ratios -> !ratios.isEmpty())
                .toList();
        Map<String, Double> means = new LinkedHashMap<>();
        all.forEach(ratios -> ratios.forEach((kernel, ratio) -> means.merge(kernel, ratio / all.size(), Double::sum)));
        return means;
    }

    private static Map<String, Double> ratios(String key, int step, Records records) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        records.values().getOrDefault(key, Map.of()).forEach((name, value) -> {
            if (name.startsWith(at(step))) {
                ratios.put(name.substring(at(step).length()), value);
            }
        });
        return ratios;
    }

    private static String words(String method) {
        return method.equals(DecayStrengths.ONE) ? "one λ" : "λ by layer";
    }

    private static String at(long step) {
        return "step " + step + " | ";
    }

    private List<String> keys(DecayNetwork network, String method) {
        return IntStream.rangeClosed(1, repeats)
                .mapToObj(repeat -> key(network, method, repeat))
                .toList();
    }

    private String key(DecayNetwork network, String method, int repeat) {
        return method + " | " + network.spec() + " | " + steps + " steps | n=" + size + " | repeat " + repeat;
    }
}
