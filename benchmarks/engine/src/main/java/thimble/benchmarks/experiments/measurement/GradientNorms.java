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
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Records;
import thimble.benchmarks.reproduction.Rules;
import thimble.benchmarks.reproduction.Size;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Interval;
import thimble.benchmarks.statistics.Student;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.train.TrainedModel;

/**
 * How steep trained networks are at training points, at test points and half-way between two training points: the mean of ‖∂z/∂x‖_F, z the
 * logits, over at most 1,000 points each. Beside each arm the factor by which it is flatter than the plain network.
 *
 * @param conditions how networks train
 * @param size number of training examples
 * @param repeats trainings of each arm
 * @param plain spec of the arm that others are compared with
 * @param arms specs of the others, without brackets
 */
public record GradientNorms(Conditions conditions, int size, int repeats, String plain, List<String> arms)
        implements Measurement {
    private static final int POINTS = 1000;
    private static final List<String> PLACES = List.of("training points", "test points", "half-way between pairs");

    @Override
    public String name() {
        return "gradient-norms";
    }

    @Override
    public String title() {
        return "Mean gradient norm on and off the data: the explanation offered";
    }

    @Override
    public List<Run> runs(Form form) {
        List<Run> runs = new ArrayList<>();
        for (int repeat = 1; repeat <= repeats; repeat++) {
            int r = repeat;
            all().forEach(arm -> runs.add(new Run(key(arm, r), bench -> values(bench, arm, r))));
        }
        return runs;
    }

    @Override
    public String extent() {
        return Size.count(size) + " examples, " + repeats + " repeats, norms at " + Size.count(POINTS) + " points";
    }

    @Override
    public List<Finding> findings(Records records) {
        List<Finding> rows = new ArrayList<>();
        for (String arm : all()) {
            for (String place : PLACES) {
                rows.add(Records.mean(
                        "‖∂z/∂x‖ at " + place + " · " + arm, Unit.NUMBER, records.values(keys(arm), place)));
            }
        }
        for (String arm : arms) {
            for (String place : PLACES) {
                rows.add(flatter(arm, place, records));
            }
        }
        return rows;
    }

    /** The geometric mean of plain over arm, paired by repeat. */
    private Finding flatter(String arm, String place, Records records) {
        String label = "flatter at " + place + " · " + arm;
        double[] logs = IntStream.rangeClosed(1, repeats)
                .filter(r -> records.value(key(arm, r), place).isPresent()
                        && records.value(key(plain, r), place).isPresent())
                .mapToDouble(r -> Math.log(records.value(key(plain, r), place).orElseThrow()
                        / records.value(key(arm, r), place).orElseThrow()))
                .toArray();
        if (logs.length == 0) {
            return Finding.open(label, Unit.FACTOR, OptionalDouble.empty());
        }
        Optional<Interval> log = Records.interval(logs);
        return Finding.judged(
                        label,
                        Unit.FACTOR,
                        Math.exp(Student.mean(logs)),
                        log.map(ci -> new Interval(Math.exp(ci.low()), Math.exp(ci.high()))),
                        OptionalDouble.empty(),
                        Rules.gain(Student.mean(logs), log, 0))
                .remark("claimed: above 1");
    }

    private Map<String, Double> values(Bench bench, String arm, int repeat) {
        DatasetSource.Parts parts = bench.parts(conditions, size, repeat);
        Dataset train = parts.train();
        Dataset test = parts.test().orElseThrow();
        try (TrainedModel model = bench.train(conditions, arm, size, repeat);
                InputGradients gradients = InputGradients.of(model, bench.backend())) {
            Map<String, Double> values = new LinkedHashMap<>();
            values.put(PLACES.get(0), mean(gradients, train, train, 0));
            values.put(PLACES.get(1), mean(gradients, test, test, 0));
            values.put(PLACES.get(2), mean(gradients, train, train, bench.seed() + repeat));
            return values;
        }
    }

    /** Mean over points of a, or for a seed other than 0 half-way to a random point of b. */
    private static double mean(InputGradients gradients, Dataset a, Dataset b, long seed) {
        int count = Math.min(POINTS, a.size());
        int features = Math.toIntExact(a.example().elements());
        SplittableRandom random = new SplittableRandom(seed);
        float[][] points = new float[count][features];
        float[] other = new float[features];
        for (int i = 0; i < count; i++) {
            a.read(i, 0, points[i], 0);
            if (seed != 0) {
                int partner = random.nextInt(b.size() - 1);
                b.read(partner < i ? partner : partner + 1, 0, other, 0);
                for (int j = 0; j < features; j++) {
                    points[i][j] = (points[i][j] + other[j]) / 2;
                }
            }
        }
        return Arrays.stream(gradients.jacobianNorms(points)).average().orElseThrow();
    }

    private List<String> all() {
        List<String> all = new ArrayList<>(List.of(plain));
        all.addAll(arms);
        return all;
    }

    private List<String> keys(String arm) {
        return IntStream.rangeClosed(1, repeats).mapToObj(r -> key(arm, r)).toList();
    }

    private String key(String arm, int repeat) {
        return arm + " | " + conditions.model() + " | "
                + conditions.training().budget().text() + " | n=" + size + " | repeat " + repeat;
    }
}
