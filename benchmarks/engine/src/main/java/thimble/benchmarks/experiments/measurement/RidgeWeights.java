package thimble.benchmarks.experiments.measurement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import thimble.benchmarks.Budget;
import thimble.benchmarks.reproduction.Bench;
import thimble.benchmarks.reproduction.Finding;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Measurement;
import thimble.benchmarks.reproduction.Records;
import thimble.benchmarks.reproduction.Rules;
import thimble.benchmarks.reproduction.Unit;
import thimble.benchmarks.statistics.Interval;
import thimble.benchmarks.statistics.Student;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.Preprocessing;
import thimble.data.Split;
import thimble.data.Targets;
import thimble.method.Methods;
import thimble.nn.Models;
import thimble.tensor.Shape;
import thimble.train.LearnContext;
import thimble.train.MeanSquaredError;
import thimble.train.Regularizer;
import thimble.train.Schedule;
import thimble.train.Sgd;
import thimble.train.TrainedModel;
import thimble.train.Trainer;
import thimble.train.TrainingListener;

/**
 * How far the weights of a linear network trained with noise σ on its inputs are from those of ridge regression with λ = σ², solved in closed
 * form: ‖w − w*‖ / ‖w*‖; and how far those of least squares are, to show that there is something to meet.
 *
 * @param dataset a table with numbers to predict
 * @param steps training steps
 * @param repeats trainings for each σ
 */
public record RidgeWeights(String dataset, int steps, int repeats) implements Measurement {
    private static final String SYNTHETIC = "synthetic";
    private static final List<Double> SIGMAS = List.of(0.3, 0.5, 1.0);
    private static final double BOUND = 2;
    private static final int EXAMPLES = 300;
    private static final int FEATURES = 10;
    private static final int BATCH = 100;

    @Override
    public String name() {
        return "ridge-weights";
    }

    @Override
    public String title() {
        return "Weights learned with noise on inputs and weights of ridge regression";
    }

    @Override
    public List<Run> runs(Form form) {
        List<Run> runs = new ArrayList<>();
        for (String data : List.of(SYNTHETIC, dataset)) {
            for (double sigma : SIGMAS) {
                for (int repeat = 1; repeat <= repeats; repeat++) {
                    int r = repeat;
                    runs.add(new Run(key(data, sigma, r), bench -> values(bench, data, sigma, r)));
                }
            }
        }
        return runs;
    }

    @Override
    public String extent() {
        return EXAMPLES + " examples, " + new Budget.Steps(steps).text() + ", " + repeats + " repeats";
    }

    @Override
    public List<Finding> findings(Records records) {
        List<Finding> rows = new ArrayList<>();
        for (String data : List.of(SYNTHETIC, dataset)) {
            for (double sigma : SIGMAS) {
                List<String> keys = IntStream.rangeClosed(1, repeats)
                        .mapToObj(repeat -> key(data, sigma, repeat))
                        .toList();
                rows.add(distance("distance of weights, " + data + ", σ = " + sigma, records.values(keys, "distance")));
                rows.add(Records.mean(
                        "distance of least squares, " + data + ", σ = " + sigma,
                        Unit.PERCENT,
                        records.values(keys, "plain")));
            }
        }
        return rows;
    }

    private static Finding distance(String label, double[] found) {
        OptionalDouble bound = OptionalDouble.of(0);
        if (found.length == 0) {
            return Finding.open(label, Unit.PERCENT, bound);
        }
        double mean = Student.mean(found);
        Optional<Interval> interval = Records.interval(found);
        return Finding.judged(label, Unit.PERCENT, mean, interval, bound, Rules.equal(mean, interval, BOUND))
                .remark("claimed: the same weights; holds up to 2 %");
    }

    private Map<String, Double> values(Bench bench, String name, double sigma, int repeat) {
        long seed = bench.seed() + repeat - 1;
        Dataset train = name.equals(SYNTHETIC)
                ? synthetic(seed)
                : chosen(bench.data().apply(name).train(), seed);
        Regularizer noise = Methods.parse(Regularizer.class, "gaussian-noise:sigma=" + sigma);
        Trainer trainer = new Trainer(
                        bench.backend(),
                        Models.parse("linear", train),
                        new MeanSquaredError(),
                        List.of(noise),
                        new Sgd(0.02, 0, false, Schedule.COSINE, 0),
                        BATCH,
                        1,
                        seed)
                .steps(steps);
        LearnContext context = new LearnContext(bench.backend(), seed, TrainingListener.NONE, bench.cancelled());
        try (TrainedModel model = trainer.fit(train, context)) {
            float[] learned = model.weights().find("out.kernel").orElseThrow().values(); // [1, d]
            double[] ridge = ridge(train, sigma * sigma);
            double[] plain = ridge(train, 0);
            double[] weights = IntStream.range(0, learned.length)
                    .mapToDouble(j -> learned[j])
                    .toArray();
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("distance", 100 * distance(weights, ridge));
            values.put("plain", 100 * distance(plain, ridge));
            return values;
        }
    }

    private static Dataset chosen(Dataset pool, long seed) {
        return pool.select(Split.stratified(pool, Math.min(EXAMPLES, pool.size()), seed));
    }

    /** t = wᵀx + noise, all uniform. */
    private static Dataset synthetic(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] w = random.doubles(FEATURES, -1, 1).toArray();
        float[][] examples = new float[EXAMPLES][FEATURES];
        float[][] rows = new float[EXAMPLES][1];
        for (int i = 0; i < EXAMPLES; i++) {
            double sum = random.nextDouble(-1, 1);
            for (int j = 0; j < FEATURES; j++) {
                examples[i][j] = (float) random.nextDouble(-1, 1);
                sum += w[j] * examples[i][j];
            }
            rows[i][0] = (float) sum;
        }
        return ArrayDataset.of(SYNTHETIC, Shape.of(FEATURES), examples, rows, new Targets.Numbers(List.of("t")));
    }

    /** w* = (XᵀX / n + λI)⁻¹ Xᵀt / n over scaled inputs and targets, by conjugate gradients. */
    static double[] ridge(Dataset train, double lambda) {
        Dataset scaled = Preprocessing.fit(train).apply(train);
        int d = Math.toIntExact(train.example().elements());
        double[][] a = new double[d][d];
        double[] right = new double[d];
        float[] x = new float[d];
        float[] t = new float[1];
        for (int i = 0; i < train.size(); i++) {
            scaled.read(i, 0, x, 0, t, 0);
            for (int j = 0; j < d; j++) {
                right[j] += (double) x[j] * t[0] / train.size();
                for (int k = 0; k < d; k++) {
                    a[j][k] += (double) x[j] * x[k] / train.size();
                }
            }
        }
        for (int j = 0; j < d; j++) {
            a[j][j] += lambda;
        }
        double[] w = new double[d];
        double[] rest = right.clone();
        double[] direction = right.clone();
        double squares = dot(rest, rest);
        for (int round = 0; round < 50 * d && squares > 1e-24; round++) {
            double[] product = new double[d];
            for (int j = 0; j < d; j++) {
                product[j] = dot(a[j], direction);
            }
            double step = squares / dot(direction, product);
            for (int j = 0; j < d; j++) {
                w[j] += step * direction[j];
                rest[j] -= step * product[j];
            }
            double next = dot(rest, rest);
            for (int j = 0; j < d; j++) {
                direction[j] = rest[j] + next / squares * direction[j];
            }
            squares = next;
        }
        return w;
    }

    private static double distance(double[] a, double[] b) {
        double[] difference =
                IntStream.range(0, a.length).mapToDouble(j -> a[j] - b[j]).toArray();
        return Math.sqrt(dot(difference, difference) / dot(b, b));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    private String key(String data, double sigma, int repeat) {
        return data + " | σ=" + sigma + " | " + steps + " steps | repeat " + repeat;
    }
}
