package thimble.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import thimble.data.Dataset;
import thimble.data.Targets;

/**
 * How well predictions fit a data set, as numbers by name, in a fixed order. Classes: {@code accuracy}, {@code
 * balanced-accuracy} (mean recall of the classes that occur), {@code macro-f1}, {@code auroc} (mean over the classes of
 * one against the rest; absent if only one class occurs), {@code log-loss} (natural logarithm, probabilities not below
 * 1e-12), {@code ece} (expected calibration error over 15 bins of equal width). Numbers: {@code rmse}, {@code mae},
 * {@code r2} (absent if the targets do not vary). Fractions, not percent.
 *
 * @param metrics value by name
 */
public record Evaluation(SequencedMap<String, Double> metrics) {
    /** Name of the mean loss in evaluation mode without penalties, for models that have one. */
    public static final String LOSS = "loss";

    /** Copies the map. */
    public Evaluation {
        metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
    }

    /** Evaluates a model on examples as they are seen in epoch 0. */
    public static Evaluation of(Model model, Dataset data) {
        SequencedMap<String, Double> metrics =
                new LinkedHashMap<>(of(model.predict(data), data).metrics());
        Model inner = model instanceof SavedModel saved ? saved.model() : model;
        if (inner instanceof TrainedModel network) {
            metrics.put(LOSS, network.meanLoss(data));
        }
        return new Evaluation(metrics);
    }

    /**
     * Evaluates predictions.
     *
     * @param scores one row per example: class probabilities or numbers
     * @throws IllegalArgumentException if there is not one row of the right width per example
     */
    public static Evaluation of(float[][] scores, Dataset data) {
        int width = data.targets().width();
        if (scores.length != data.size() || scores.length == 0) {
            throw new IllegalArgumentException("[evaluation] expected one row of scores for each of " + data.size()
                    + " examples but received " + scores.length);
        }
        for (float[] row : scores) {
            if (row.length != width) {
                throw new IllegalArgumentException(
                        "[evaluation] expected " + width + " scores but received " + row.length);
            }
        }
        return new Evaluation(
                switch (data.targets()) {
                    case Targets.Classes _ -> ClassMetrics.of(scores, data.labels(), width);
                    case Targets.Numbers _ -> NumberMetrics.of(scores, data);
                });
    }

    /**
     * One number.
     *
     * @throws IllegalArgumentException if there is none of this name; the text names those that exist
     */
    public double metric(String name) {
        Double value = metrics.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "[evaluation] " + thimble.method.Methods.unknown("metric", name, metrics.keySet()));
        }
        return value;
    }

    /** Share of examples whose largest score stands at the right class. */
    public double accuracy() {
        return metric("accuracy");
    }
}
