package thimble.benchmarks;

import java.util.List;
import thimble.method.Methods;

/**
 * What is measured on held-out examples.
 *
 * @param name name in records, such as {@code accuracy} or {@code rmse}
 * @param rising true if larger is better
 * @param fraction true if values lie in [0, 1] and people read them as percent
 */
public record Metric(String name, boolean rising, boolean fraction) {
    /** All known metrics, the usual first. */
    public static final List<Metric> ALL = List.of(
            new Metric("accuracy", true, true),
            new Metric("balanced-accuracy", true, true),
            new Metric("macro-f1", true, true),
            new Metric("auroc", true, true),
            new Metric("log-loss", false, false),
            new Metric("loss", false, false),
            new Metric("ece", false, true),
            new Metric("rmse", false, false),
            new Metric("mae", false, false));

    private static final List<String> OF_NUMBERS = List.of("rmse", "mae", "loss");

    /** The metric of a name. */
    public static Metric of(String name) {
        return ALL.stream()
                .filter(metric -> metric.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("[metric] "
                        + Methods.unknown(
                                "metric", name, ALL.stream().map(Metric::name).toList())));
    }

    /** True if it can be measured where classes are predicted; {@code loss} always can. */
    public boolean ofClasses() {
        return !OF_NUMBERS.contains(name) || name.equals("loss");
    }

    /** True if it can be measured where numbers are predicted. */
    public boolean ofNumbers() {
        return OF_NUMBERS.contains(name);
    }

    /** What shall fall: 1 − value for a rising metric, the value itself otherwise. */
    public double error(double value) {
        return rising ? 1 - value : value;
    }

    /** True if a difference method − baseline is to the method's advantage. */
    public boolean better(double difference) {
        return rising ? difference > 0 : difference < 0;
    }
}
