package thimble.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything effective in a comparison, as it stands in {@code config.json}.
 *
 * @param comparison what results depend on; two runs with the same can be joined
 * @param environment where it runs
 */
public record Config(JsonNode comparison, Environment environment) {
    /** Version of the file's form. */
    public static final int SCHEMA = 1;

    /** The configuration of a comparison. */
    public static Config of(Comparison comparison, TrialRunner runner, Environment environment) {
        ObjectNode json = Json.object()
                .put("dataset", comparison.dataset())
                .put("sha256", Fingerprint.of(comparison.data()))
                .put("examples", comparison.data().train().size())
                .put("testExamples", new Partition(comparison).test(1).size())
                .put("shape", comparison.data().train().example().toString())
                .put("test", comparison.protocol().text())
                .put("overlap", comparison.protocol().overlap())
                .put("model", comparison.model());
        json.set("methods", Json.texts(comparison.arms().stream().map(Arm::text).toList()));
        json.set(
                "classical",
                Json.texts(comparison.arms().stream()
                        .filter(runner::classical)
                        .map(Arm::text)
                        .toList()));
        json.set("sizes", Json.numbers(comparison.sizes()));
        Training training = comparison.training();
        json.put("repeats", comparison.repeats())
                .put("trials", comparison.trials())
                .put("budget", training.budget().text())
                .put("batch", training.batch())
                .put("optimizer", training.optimizer())
                .put("learningRate", training.rate().toString())
                .put("loss", training.loss());
        json.set("augment", Json.texts(training.augment()));
        json.put("tune", comparison.tune())
                .put("metric", comparison.metric().name())
                .put("seed", comparison.seed())
                .put("backend", environment.backend());
        return new Config(json, environment);
    }

    /** Reads {@code config.json} of a folder. */
    public static Config read(Path folder) {
        Path file = folder.resolve("config.json");
        try {
            JsonNode json = Json.parse(Files.readString(file));
            if (json.path("schema").asInt() != SCHEMA) {
                throw new StoreException(
                        "[" + file + "] expected schema " + SCHEMA + " but received " + json.path("schema"));
            }
            return new Config(json.required("comparison"), Environment.of(json.required("environment")));
        } catch (IOException | IllegalArgumentException damage) {
            throw new StoreException("[" + file + "] cannot be read: " + damage.getMessage(), damage);
        }
    }

    /** The first value in which another comparison differs, in words; empty if results of both can be joined. */
    public Optional<String> difference(Config other) {
        // Through text, so that a number read from a file and one just computed are of one type.
        JsonNode here = reread(comparison);
        JsonNode there = reread(other.comparison);
        for (var entry : here.properties()) {
            JsonNode value = there.path(entry.getKey());
            if (!value.equals(entry.getValue())) {
                return Optional.of(entry.getKey() + " is " + entry.getValue() + " there and " + value + " here");
            }
        }
        return Optional.empty();
    }

    /** What every trial of an arm and size depends on: all but which arms, sizes and repeats there are. */
    public Config conditions() {
        ObjectNode json = comparison.deepCopy();
        json.remove(List.of("methods", "classical", "sizes", "repeats", "trials"));
        return new Config(json, environment);
    }

    /** SHA-256 of what is compared. */
    public String fingerprint() {
        return Fingerprint.of(comparison.toString());
    }

    /** A text among what is compared, such as {@code dataset}. */
    public String text(String key) {
        return comparison.required(key).asText();
    }

    /** A whole number among what is compared, such as {@code tune}. */
    public int number(String key) {
        return comparison.required(key).asInt();
    }

    /** A list of texts among what is compared, such as {@code methods}. */
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        comparison.required(key).forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }

    /** Numbers of training examples, ascending. */
    public List<Integer> sizes() {
        List<Integer> sizes = new ArrayList<>();
        comparison.required("sizes").forEach(size -> sizes.add(size.asInt()));
        return List.copyOf(sizes);
    }

    /** What is compared. */
    public Metric metric() {
        return Metric.of(text("metric"));
    }

    /** Test size over training size where training sets of repeats overlap, else 0. */
    public double overlap() {
        return comparison.required("overlap").asDouble();
    }

    /** The file's text. */
    String text() {
        ObjectNode json = Json.object().put("schema", SCHEMA);
        json.set("comparison", comparison);
        json.set("environment", environment.json());
        return Json.pretty(json);
    }

    private static JsonNode reread(JsonNode json) {
        try {
            return Json.parse(json.toString());
        } catch (IOException impossible) {
            throw new IllegalStateException("[config] its own text cannot be read", impossible);
        }
    }
}
