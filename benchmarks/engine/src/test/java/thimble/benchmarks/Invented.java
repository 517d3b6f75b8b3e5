package thimble.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import thimble.data.DatasetSource;

/** An invented comparison of six methods at five sizes with six repeats: seeded, with means and spreads of a plausible run. */
public final class Invented {
    private static final List<Integer> SIZES = List.of(100, 250, 500, 1000, 2000);
    private static final int REPEATS = 6;
    private static final double[] BASE = {0.794, 0.890, 0.933, 0.957, 0.972};
    private static final double[] BASE_HALF = {0.018, 0.008, 0.004, 0.002, 0.002};

    /** Change of error in % of the baseline's error and its half-width, by size; seconds; gap; hyperparameters. */
    private record Arms(
            String methods, double[] change, double[] half, double seconds, double gap, Map<String, String> chosen) {}

    private static final List<Arms> ARMS = List.of(
            new Arms("dropout", new double[5], new double[5], 3.3, 0.23, chosen("dropout.rate", "0.5", "lr", "1e-3")),
            new Arms("none", of(10, 18, 24, 26, 21), of(9, 8, 7.3, 8, 8), 3.1, 0.38, chosen("lr", "6e-4")),
            new Arms(
                    "dropout+datagrad:lambda=[1..200]",
                    of(-16, -14, -11.94, -13, -15),
                    of(5, 4, 3.95, 4, 4),
                    7.9,
                    0.17,
                    chosen("dropout.rate", "0.5", "datagrad.lambda", "50", "lr", "1e-3")),
            new Arms(
                    "dropout+spectreg:lambda=[1e-5..1e-2]",
                    of(-10, -7, -5.97, -9, -12),
                    of(8.8, 7.4, 6.9, 5.6, 6.4),
                    8.3,
                    0.18,
                    chosen("dropout.rate", "0.5", "spectreg.lambda", "6e-4", "lr", "1e-3")),
            new Arms(
                    "dropout+adversarial-features",
                    of(-3, -5, -4.5, -3, -2),
                    of(9, 7, 7.2, 8, 8),
                    6.4,
                    0.21,
                    chosen("dropout.rate", "0.5", "adversarial-features.epsilon", "0.1", "lr", "9e-4")),
            new Arms(
                    "forest",
                    of(28, 31, 42, 67, 91),
                    of(10, 9, 10, 12, 14),
                    0.4,
                    Double.NaN,
                    chosen("trees", "500", "depth", "24")));

    private Invented() {}

    /** The comparison's summary. */
    public static Summary summary() {
        return Summary.of(config(20), trials(), tuning());
    }

    /** The comparison's configuration. */
    public static Config config(int tune) {
        return config(tune, ARMS.stream().map(Arms::methods).toList(), REPEATS);
    }

    /** The configuration with some of the arms. */
    public static Config config(int tune, List<String> arms, int repeats) {
        String methods = String.join(",", arms);
        Comparison comparison = new Comparison(
                "mnist",
                new DatasetSource.Parts(
                        Examples.classes("train", 6000, 10),
                        Optional.of(Examples.classes("test", 10_000, 10)),
                        Optional.empty()),
                "lenet",
                Arm.parseList(methods),
                SIZES,
                repeats,
                Examples.training(Tunable.around(1e-3)),
                tune,
                new Protocol.Given(),
                Metric.of("accuracy"),
                1);
        Environment environment = new Environment(
                "thimble compare --dataset mnist --model lenet --methods " + methods
                        + " --sizes 100,250,500,1000,2000 --repeats 6 --tune 20 --seed 1",
                "0.1.0 (3f9c2ab)",
                "cpu",
                "512-bit, 2 threads",
                "Temurin 25.0.3",
                "AMD Zen 5",
                "2026-11-21T10:02:00Z");
        return Config.of(comparison, new AnalyticTrials(), environment);
    }

    /** 180 trials. */
    public static List<Trial> trials() {
        List<Trial> trials = new ArrayList<>();
        for (int s = 0; s < SIZES.size(); s++) {
            double toDeviation = Math.sqrt(REPEATS) / 2.5705818;
            double[] base = standard(s * 100);
            for (int a = 0; a < ARMS.size(); a++) {
                Arms arm = ARMS.get(a);
                double[] own = standard(s * 100 + a + 1);
                double[] time = standard(s * 100 + a + 51);
                for (int r = 0; r < REPEATS; r++) {
                    double error = 1 - BASE[s];
                    double baseline = BASE[s] + base[r] * BASE_HALF[s] * toDeviation;
                    double change = a == 0 ? 0 : arm.change()[s] + own[r] * arm.half()[s] * toDeviation;
                    double accuracy = baseline - change / 100 * error;
                    trials.add(trial(
                            arm,
                            SIZES.get(s),
                            r + 1,
                            accuracy,
                            arm.seconds() * (1 + 0.01 * time[r]),
                            arm.gap() * (1 + 0.07 * own[r % 6] + 0.02 * time[r])));
                }
            }
        }
        return trials;
    }

    private static Trial trial(Arms arm, int size, int repeat, double accuracy, double seconds, double gap) {
        Map<String, Double> test = new LinkedHashMap<>();
        Map<String, Double> train = new LinkedHashMap<>();
        test.put("accuracy", accuracy);
        train.put("accuracy", 1.0);
        if (!Double.isNaN(gap)) {
            test.put("loss", 0.02 + gap);
            test.put(Trial.PRIOR_LOSS, 2.3);
            train.put("loss", 0.02);
        }
        return new Trial(
                "mnist",
                "lenet",
                arm.methods(),
                size,
                repeat,
                repeat,
                "cpu",
                "accuracy",
                arm.chosen(),
                2000,
                test,
                train,
                seconds,
                Optional.empty());
    }

    private static List<TuningTrial> tuning() {
        List<TuningTrial> tuning = new ArrayList<>();
        for (Arms arm : ARMS) {
            for (int s = 0; s < SIZES.size(); s++) {
                double accuracy = BASE[s]
                        - arm.change()[s] / 100 * (1 - BASE[s])
                        + 0.004 * (5 - s) * (0.6 + 0.1 * arm.methods().length() % 5);
                tuning.add(new TuningTrial(
                        new TrialKey(arm.methods(), SIZES.get(s), 0),
                        0,
                        arm.chosen(),
                        Map.of("accuracy", accuracy),
                        Optional.empty()));
            }
        }
        return tuning;
    }

    /** Six numbers of mean 0 and standard deviation 1. */
    private static double[] standard(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[REPEATS];
        double sum = 0;
        for (int i = 0; i < REPEATS; i++) {
            values[i] = random.nextDouble() + random.nextDouble() + random.nextDouble();
            sum += values[i];
        }
        double squares = 0;
        for (int i = 0; i < REPEATS; i++) {
            values[i] -= sum / REPEATS;
            squares += values[i] * values[i];
        }
        for (int i = 0; i < REPEATS; i++) {
            values[i] /= Math.sqrt(squares / (REPEATS - 1));
        }
        return values;
    }

    private static double[] of(double... values) {
        return values;
    }

    private static Map<String, String> chosen(String... pairs) {
        Map<String, String> chosen = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            chosen.put(pairs[i], pairs[i + 1]);
        }
        return chosen;
    }
}
