package thimble.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import thimble.data.Dataset;
import thimble.data.Targets;
import thimble.train.CrossEntropy;
import thimble.train.EnsembleModel;
import thimble.train.Evaluation;
import thimble.train.Model;
import thimble.train.Provenance;
import thimble.train.TrainedModel;
import thimble.train.Weights;

/**
 * What is measured of a trained model. The loss is that of the training; of cross-entropy and of models without a loss it is the log loss of
 * the probabilities, which needs no second pass over the examples.
 */
final class TrialMetrics {
    private TrialMetrics() {}

    /** On held-out examples; where the loss is a log loss, that of the training shares stands beside it. */
    static Map<String, Double> held(Model model, Dataset train, Dataset held) {
        Map<String, Double> metrics = metrics(model, held);
        boolean logLoss =
                metrics.containsKey("log-loss") && metrics.get("log-loss").equals(metrics.get(Evaluation.LOSS));
        if (logLoss && train.targets() instanceof Targets.Classes) {
            float[][] shares = new float[held.size()][];
            Arrays.fill(shares, shares(train));
            metrics.put(Trial.PRIOR_LOSS, Evaluation.of(shares, held).metric("log-loss"));
        }
        return metrics;
    }

    /** On the training examples. */
    static Map<String, Double> train(Model model, Dataset train) {
        Map<String, Double> metrics = metrics(model, train);
        if (model instanceof EnsembleModel ensemble) {
            ensemble.outOfBag().ifPresent(error -> metrics.put(Trial.OUT_OF_BAG, error));
        }
        if (model instanceof TrainedModel network) {
            metrics.put(Trial.ZEROS, zeros(network));
            for (String number :
                    network.provenance().getOrDefault(Provenance.NUMBERS, "").split(" ")) {
                int equals = number.indexOf('=');
                if (equals > 0) {
                    metrics.put(number.substring(0, equals), Double.parseDouble(number.substring(equals + 1)));
                }
            }
        }
        return metrics;
    }

    private static Map<String, Double> metrics(Model model, Dataset data) {
        boolean own = model instanceof TrainedModel network && !(network.loss() instanceof CrossEntropy);
        Evaluation evaluation = own ? Evaluation.of(model, data) : Evaluation.of(model.predict(data), data);
        Map<String, Double> metrics = new LinkedHashMap<>(evaluation.metrics());
        Double logLoss = metrics.get("log-loss");
        if (logLoss != null) {
            metrics.putIfAbsent(Evaluation.LOSS, logLoss);
        }
        return metrics;
    }

    /** Share of exact zeros among the weights of all kernels. */
    private static double zeros(TrainedModel network) {
        long zeros = 0;
        long all = 0;
        for (Weights.Entry entry : network.weights().entries()) {
            if (entry.name().endsWith("kernel")) {
                for (float weight : entry.values()) {
                    zeros += weight == 0 ? 1 : 0;
                }
                all += entry.values().length;
            }
        }
        return all == 0 ? 0 : (double) zeros / all;
    }

    private static float[] shares(Dataset train) {
        double[] sums = new double[train.classes()];
        float[] row = new float[sums.length];
        for (int i = 0; i < train.size(); i++) {
            train.target(i, 0, row, 0);
            for (int c = 0; c < sums.length; c++) {
                sums[c] += row[c];
            }
        }
        float[] shares = new float[sums.length];
        for (int c = 0; c < sums.length; c++) {
            shares[c] = (float) (sums[c] / train.size());
        }
        return shares;
    }
}
