package thimble.benchmarks.experiments.measurement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Records;
import thimble.benchmarks.reproduction.Rules;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Interval;
import thimble.benchmarks.statistics.Student;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.train.TrainedModel;

/**
 * Which layers noise regularizes, at equal input variance: ‖∂h_l/∂h_{l−1}‖ per stage at test points, weight norms and the gap of a LeNet, each
 * kind of noise against the plain network as geometric means of factors, paired by repeat.
 *
 * @param conditions how networks train; the data must have a decoder
 * @param size number of training examples
 * @param repeats trainings of each arm
 */
public record LayerJacobians(Conditions conditions, int size, int repeats) implements Measurement {
    private static final double SIGMA = 0.3;
    private static final int POINTS = 500;
    private static final String PLAIN = "plain";
    private static final String GAP = "gap";
    private static final List<String> NOISE = List.of("x + r", "r ∘ x", "d(z + r)", "d(r ∘ z)");
    private static final Map<String, String> OTHERS =
            Map.of(PLAIN, "none", "dropout", "dropout:rate=0.5", "label smoothing", "label-smoothing:epsilon=0.1");
    private static final List<String> ARMS =
            List.of(PLAIN, "x + r", "r ∘ x", "d(z + r)", "d(r ∘ z)", "dropout", "label smoothing");
    private static final List<String> STAGES = List.of("pool1", "pool2", "fc1", "output");
    private static final List<String> KERNELS = List.of("conv1.kernel", "conv2.kernel", "fc1.kernel", "out.kernel");

    @Override
    public String name() {
        return "layer-jacobians";
    }

    @Override
    public String title() {
        return "What noise of equal input variance does to each layer";
    }

    @Override
    public List<Run> runs(Form form) {
        List<Run> runs = new ArrayList<>();
        for (int repeat = 1; repeat <= repeats; repeat++) {
            int r = repeat;
            ARMS.forEach(arm -> runs.add(new Run(key(arm, r), bench -> values(bench, arm, r))));
        }
        return runs;
    }

    @Override
    public String extent() {
        return size + " examples, " + repeats + " repeats";
    }

    @Override
    public List<Finding> findings(Records records) {
        List<Finding> rows = new ArrayList<>();
        NOISE.forEach(arm -> rows.add(Records.mean(
                "mean squared change of a pixel by " + arm, Unit.NUMBER, records.values(keys(arm), "change"))));
        ARMS.forEach(arm -> rows.add(Records.mean("gap, " + arm, Unit.NUMBER, records.values(keys(arm), GAP))));
        for (String arm : ARMS.subList(1, ARMS.size())) {
            STAGES.forEach(stage -> rows.add(factor(
                    "‖∂h/∂h before‖ at " + stage + ", plain over " + arm, logs(records, arm, "jacobian " + stage))));
            KERNELS.forEach(
                    kernel -> rows.add(factor("‖W‖ of " + kernel + ", plain over " + arm, logs(records, arm, kernel))));
        }
        for (String arm : NOISE) {
            rows.add(inner(records, arm));
        }
        rows.add(against(records));
        return rows;
    }

    /** How much more the stages after the first were flattened than the first, without regard to the scale of layers. */
    private Finding inner(Records records, String arm) {
        String label = "inner layers flattened over the first flattened, " + arm;
        double[] logs = excess(records, arm);
        boolean claimed = arm.startsWith("d");
        Finding row = factor(label, logs);
        if (!claimed || row.ours().isEmpty()) {
            return row;
        }
        return judged(row, logs).remark("claimed: above 1; free of the scale of layers");
    }

    private Finding against(Records records) {
        String label = "inner over first, d(z + r) over x + r";
        double[] feature = excess(records, "d(z + r)");
        double[] input = excess(records, "x + r");
        int pairs = Math.min(feature.length, input.length);
        double[] logs = IntStream.range(0, pairs)
                .mapToDouble(i -> feature[i] - input[i])
                .toArray();
        Finding row = factor(label, logs);
        return row.ours().isEmpty() ? row : judged(row, logs).remark("claimed: above 1");
    }

    private static Finding judged(Finding row, double[] logs) {
        return Finding.judged(
                row.label(),
                row.unit(),
                row.ours().orElseThrow(),
                row.interval(),
                row.published(),
                Rules.gain(Student.mean(logs), Records.interval(logs), 0));
    }

    private double[] excess(Records records, String arm) {
        double[] first = logs(records, arm, "relative " + STAGES.getFirst());
        double[] sum = new double[first.length];
        List<String> inner = STAGES.subList(1, STAGES.size());
        for (String stage : inner) {
            double[] logs = logs(records, arm, "relative " + stage);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += (logs[i] - first[i]) / inner.size();
            }
        }
        return sum;
    }

    private static Finding factor(String label, double[] logs) {
        if (logs.length == 0) {
            return Finding.open(label, Unit.FACTOR, OptionalDouble.empty());
        }
        Optional<Interval> interval =
                Records.interval(logs).map(ci -> new Interval(Math.exp(ci.low()), Math.exp(ci.high())));
        return Finding.reported(label, Unit.FACTOR, Math.exp(Student.mean(logs)), interval);
    }

    /** Logarithms of plain over arm, by repeat. */
    private double[] logs(Records records, String arm, String value) {
        return IntStream.rangeClosed(1, repeats)
                .filter(r -> records.value(key(arm, r), value).isPresent()
                        && records.value(key(PLAIN, r), value).isPresent())
                .mapToDouble(r -> Math.log(records.value(key(PLAIN, r), value).orElseThrow()
                        / records.value(key(arm, r), value).orElseThrow()))
                .toArray();
    }

    private Map<String, Double> values(Bench bench, String arm, int repeat) {
        DatasetSource.Parts parts = bench.parts(conditions, size, repeat);
        EqualNoise noise = new EqualNoise(parts, bench.seed() + repeat);
        Map<String, Double> values = new LinkedHashMap<>();
        String spec = OTHERS.getOrDefault(arm, "");
        if (NOISE.contains(arm)) {
            SequencedMap<String, String> specs = noise.specs(SIGMA);
            spec = specs.getOrDefault(arm, "");
            values.put("change", noise.change(arm.startsWith("d") ? spec : specs.getOrDefault("d(z + r)", "")));
        }
        Dataset test = parts.test().orElseThrow();
        Dataset points =
                test.select(IntStream.range(0, Math.min(POINTS, test.size())).toArray());
        try (TrainedModel model = bench.train(conditions, spec, size, repeat)) {
            LayerGradients.of(model, bench.backend(), points, bench.seed()).forEach(stage -> {
                values.put("jacobian " + stage.name(), stage.jacobian());
                values.put("relative " + stage.name(), stage.relative());
            });
            values.putAll(LayerGradients.kernels(model));
            values.put(GAP, model.meanLoss(test) - model.meanLoss(parts.train()));
        }
        return values;
    }

    private List<String> keys(String arm) {
        return IntStream.rangeClosed(1, repeats).mapToObj(r -> key(arm, r)).toList();
    }

    private String key(String arm, int repeat) {
        return arm + " " + SIGMA + " | " + conditions.dataset() + " | " + conditions.model() + " | "
                + conditions.training().budget().text() + " | n=" + size + " | repeat " + repeat;
    }
}
