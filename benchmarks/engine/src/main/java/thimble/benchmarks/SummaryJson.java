package thimble.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import thimble.benchmarks.statistics.SignFlip;

/** The tree of {@code summary.json}: one entry per method and size, differences in units of the metric. */
record SummaryJson(Summary summary) {
    static final int SCHEMA = 1;

    ObjectNode tree() {
        Config config = summary.config();
        ObjectNode tree = Json.object()
                .put("schema", SCHEMA)
                .put("dataset", config.text("dataset"))
                .put("model", config.text("model"))
                .put("metric", config.metric().name())
                .put("better", config.metric().rising() ? "larger" : "smaller")
                .put("baseline", summary.baseline())
                .put("test", config.text("test"))
                .put(
                        "verdictBy",
                        config.overlap() > 0
                                ? "paired t corrected for overlapping splits, Holm over the methods of one size, 5 %"
                                : "paired t, Holm over the methods of one size, 5 %")
                .put("tune", config.number("tune"))
                .put("trials", summary.trials())
                .put("failed", summary.failures().size())
                .put("open", summary.open());
        ArrayNode results = tree.putArray("results");
        for (String methods : config.texts("methods")) {
            for (int size : config.sizes()) {
                results.add(result(methods, size));
            }
        }
        return tree;
    }

    private ObjectNode result(String methods, int size) {
        ObjectNode result = Json.object()
                .put("methods", methods)
                .put("kind", summary.kind(methods).name().toLowerCase(Locale.ROOT))
                .put("size", size);
        List<Trial> failures = summary.failures(methods).stream()
                .filter(trial -> trial.size() == size)
                .toList();
        summary.cell(methods, size).ifPresentOrElse(cell -> fill(result, cell), () -> result.put("n", 0));
        result.put("failed", failures.size());
        failures.stream().findFirst().flatMap(Trial::reason).ifPresent(reason -> result.put("reason", reason));
        summary.against(methods, size).ifPresent(against -> fill(result, against));
        return result;
    }

    private void fill(ObjectNode result, Cell cell) {
        result.put("n", cell.trials().size()).put("mean", cell.mean()).put("sd", cell.deviation());
        result.set("ci95", cell.trials().size() < 2 ? result.nullNode() : Json.interval(cell.ci()));
        Json.put(result, "gap", java.util.Arrays.stream(cell.gaps()).average());
        result.put("seconds", cell.seconds());
        result.set("hyperparameters", Json.settings(cell.hyperparameters()));
        Double optimism = summary.optimism().get(new Summary.Key(cell.methods(), cell.size()));
        if (optimism != null) {
            result.put("tuningOptimism", optimism);
        }
    }

    private static void fill(ObjectNode result, Against against) {
        Difference difference = against.difference();
        boolean one = difference.pairs() < 2;
        ObjectNode node = result.putObject("difference")
                .put("to", "baseline")
                .put("pairs", difference.pairs())
                .put("mean", difference.mean());
        node.set("ci95", one ? node.nullNode() : Json.interval(difference.ci()));
        node.set("bootstrap95", one ? node.nullNode() : Json.interval(difference.bootstrap()));
        Json.put(node, "errorChange", difference.relative());
        difference.relativeCi().filter(ci -> !one).ifPresent(ci -> node.set("errorChange95", Json.interval(ci)));
        Json.put(result, "p", difference.p());
        Json.put(result, "pHolm", against.adjusted());
        Json.put(result, "pSignFlip", difference.permutation());
        Json.put(
                result,
                "pSignFlipFloor",
                difference.permutation().isPresent()
                        ? OptionalDouble.of(SignFlip.floor(difference.pairs()))
                        : OptionalDouble.empty());
        difference.withoutP().ifPresent(reason -> result.put("pReason", reason));
        Json.put(result, "effectSize", difference.effect());
        result.put("wins", difference.wins()).put("verdict", against.verdict().text());
        if (against.verdict() == Verdict.NOT_DISTINGUISHABLE) {
            difference.pairsToTell().ifPresent(pairs -> result.put("pairsFor80PercentPowerOfMeasuredSize", pairs));
        }
    }
}
