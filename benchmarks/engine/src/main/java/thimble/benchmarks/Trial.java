package thimble.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One finished training with its evaluation: a line of {@code trials.jsonl}.
 *
 * @param dataset name of the data
 * @param model spec of the model
 * @param methods spec of the methods as given
 * @param size total number of training examples
 * @param repeat number of the repeat, from 1
 * @param seed seed of subset, initial weights and batch order
 * @param backend name of the backend
 * @param metric name of the metric compared
 * @param hyperparameters effective values, tuned ones included, by names such as {@code dropout.rate} or {@code lr}
 * @param steps training steps
 * @param test metrics on held-out examples, fractions not percent
 * @param train metrics on the training examples in evaluation mode
 * @param seconds time of the training alone
 * @param failure why the trial failed, if it did
 */
public record Trial(
        String dataset,
        String model,
        String methods,
        int size,
        int repeat,
        long seed,
        String backend,
        String metric,
        Map<String, String> hyperparameters,
        long steps,
        Map<String, Double> test,
        Map<String, Double> train,
        double seconds,
        Optional<String> failure) {
    /** Version of the line's form. */
    public static final int SCHEMA = 1;
    /**
     * Name of a held-out metric: log loss of the shares of classes among the training examples, all that a memoriser knows of what it has
     * not seen.
     */
    public static final String PRIOR_LOSS = "prior-loss";
    /** Name of the share of exact zeros among the weights of a network, among training metrics. */
    public static final String ZEROS = "zeros";

    /** Name of a metric on the training examples: error of an ensemble by the members that did not see them, a share or a root mean square. */
    public static final String OUT_OF_BAG = "out-of-bag-error";

    /** Copies the maps; numbers among the texts take the form they have in a file. */
    public Trial {
        hyperparameters = Collections.unmodifiableMap(Json.settings(Json.settings(hyperparameters)));
        test = Collections.unmodifiableMap(new LinkedHashMap<>(test));
        train = Collections.unmodifiableMap(new LinkedHashMap<>(train));
    }

    /** Which trial of a comparison this is. */
    public TrialKey key() {
        return new TrialKey(methods, size, repeat);
    }

    /** True if it trained to the end. */
    public boolean ok() {
        return failure.isEmpty();
    }

    /** True if not the training failed but its device: resuming tries again. */
    public boolean lost() {
        return DeviceFailures.recorded(failure);
    }

    /** Why it failed, in one line; {@link #failure} can hold the text of a graph behind it. */
    public Optional<String> reason() {
        return failure.map(text -> text.lines().findFirst().orElse(text));
    }

    /** The compared metric on held-out examples; empty for a failed trial. */
    public OptionalDouble value() {
        Double value = test.get(metric);
        return value == null || !ok() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Held-out loss minus training loss, both in evaluation mode without penalties; empty where a loss is unknown. */
    public OptionalDouble gap() {
        Double held = test.get("loss");
        Double trained = train.get("loss");
        return held == null || trained == null ? OptionalDouble.empty() : OptionalDouble.of(held - trained);
    }

    /** The line, without its end. */
    public String line() {
        ObjectNode line = Json.object()
                .put("schema", SCHEMA)
                .put("dataset", dataset)
                .put("model", model)
                .put("methods", methods)
                .put("size", size)
                .put("repeat", repeat)
                .put("seed", seed)
                .put("backend", backend)
                .put("metric", metric);
        line.set("hyperparameters", Json.settings(hyperparameters));
        line.put("steps", steps);
        line.set("test", Json.metrics(test));
        line.set("train", Json.metrics(train));
        Json.put(line, "gap", gap());
        line.put("seconds", seconds).put("status", ok() ? "ok" : "failed");
        failure.ifPresent(reason -> line.put("reason", reason));
        return Json.line(line);
    }

    /** Reads a line. */
    static Trial of(JsonNode line) {
        if (line.path("schema").asInt() != SCHEMA) {
            throw new IllegalArgumentException(
                    "[trial] expected schema " + SCHEMA + " but received " + line.path("schema"));
        }
        return new Trial(
                line.required("dataset").asText(),
                line.required("model").asText(),
                line.required("methods").asText(),
                line.required("size").asInt(),
                line.required("repeat").asInt(),
                line.required("seed").asLong(),
                line.required("backend").asText(),
                line.required("metric").asText(),
                Json.settings(line.required("hyperparameters")),
                line.required("steps").asLong(),
                Json.metrics(line.required("test")),
                Json.metrics(line.required("train")),
                line.required("seconds").asDouble(),
                line.required("status").asText().equals("ok")
                        ? Optional.empty()
                        : Optional.of(line.path("reason").asText("unknown")));
    }
}
