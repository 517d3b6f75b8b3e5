package thimble.benchmarks;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Random search: the same number of candidates for every arm. The first candidate is the middle of every range. A draw is keyed by seed,
 * size, name and number of the candidate, so that all arms try the same learning rates. Of a list, every value is tried before one is
 * tried again.
 *
 * <p>James Bergstra, Yoshua Bengio, "Random Search for Hyper-Parameter Optimization", JMLR 13, 2012.
 */
final class Tuning {
    private Tuning() {}

    static Map<String, String> candidate(List<Tunable> tunables, TrialKey key, int number, long seed) {
        Map<String, String> chosen = new LinkedHashMap<>();
        for (Tunable tunable : tunables) {
            long words = ((seed * 31 + key.size()) * 31 + key.repeat()) * 31
                    + tunable.name().hashCode();
            chosen.put(tunable.name(), tunable.candidate(number, words));
        }
        return chosen;
    }

    /** The candidate with the best validation metric; ties by lower validation loss, then the earlier one; the middle if all failed. */
    static TuningTrial best(List<TuningTrial> candidates, Metric metric) {
        Comparator<TuningTrial> order = Comparator.comparingDouble(trial -> score(trial, metric));
        return candidates.stream()
                .min(order.thenComparingDouble(
                                trial -> trial.validation().getOrDefault("loss", Double.POSITIVE_INFINITY))
                        .thenComparingInt(TuningTrial::candidate))
                .orElseThrow(
                        () -> new IllegalArgumentException("[tuning] expected at least 1 candidate but received 0"));
    }

    private static double score(TuningTrial trial, Metric metric) {
        Double value = trial.validation().get(metric.name());
        return value == null || trial.failure().isPresent() ? Double.POSITIVE_INFINITY : metric.error(value);
    }
}
