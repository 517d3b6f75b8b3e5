package thimble.benchmarks.experiments.measurement;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.DoubleUnaryOperator;
import thimble.data.Augmenter;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.method.Methods;

/**
 * Kinds of noise that change inputs by the same mean square: that of d(z + r) with a given standard deviation.
 *
 * @param parts training examples with their decoder
 * @param seed seed of the noise
 */
record EqualNoise(DatasetSource.Parts parts, long seed) {
    private static final String FEATURE = "feature-noise:sigma=";
    private static final String INPUT = "gaussian-noise:sigma=";
    private static final String MULTIPLICATIVE = ",multiplicative=true";
    private static final int HALVINGS = 14;

    /** Specs by what they do to an input. */
    SequencedMap<String, String> specs(double sigma) {
        double change = change(FEATURE + sigma);
        SequencedMap<String, String> specs = new LinkedHashMap<>();
        specs.put("x + r", INPUT + text(Math.sqrt(change)));
        specs.put("r ∘ x", INPUT + text(Math.sqrt(change / square())) + MULTIPLICATIVE);
        specs.put("d(z + r)", FEATURE + sigma);
        double times = sought(change, s -> change(FEATURE + text(s) + MULTIPLICATIVE));
        specs.put("d(r ∘ z)", FEATURE + text(times) + MULTIPLICATIVE);
        return specs;
    }

    /** Mean squared change of a number of the input by an augmenter. */
    double change(String spec) {
        Dataset train = parts.train();
        Dataset noisy = Methods.parse(Augmenter.class, spec)
                .augment(train, new Augmenter.AugmentContext(seed, parts.decoder()));
        int features = Math.toIntExact(train.example().elements());
        float[] clean = new float[features];
        float[] changed = new float[features];
        double sum = 0;
        for (int i = 0; i < train.size(); i++) {
            train.read(i, 0, clean, 0);
            noisy.read(i, 0, changed, 0);
            for (int j = 0; j < features; j++) {
                double difference = changed[j] - clean[j];
                sum += difference * difference;
            }
        }
        return sum / ((double) train.size() * features);
    }

    /** Mean square of a number of the input. */
    double square() {
        Dataset train = parts.train();
        float[] example = new float[Math.toIntExact(train.example().elements())];
        double sum = 0;
        for (int i = 0; i < train.size(); i++) {
            train.read(i, 0, example, 0);
            for (float number : example) {
                sum += (double) number * number;
            }
        }
        return sum / ((double) train.size() * example.length);
    }

    /** Where a rising function of a number in [0.001, 10] reaches a value, by halving on the logarithmic scale. */
    static double sought(double value, DoubleUnaryOperator rising) {
        double low = 1e-3;
        double high = 10;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = Math.sqrt(low * high);
            if (rising.applyAsDouble(middle) < value) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.sqrt(low * high);
    }

    private static String text(double number) {
        return String.format(Locale.ROOT, "%.4f", number);
    }
}
