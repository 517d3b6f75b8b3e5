package thimble.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One candidate of the tuning with its score on validation examples: a line of {@code tuning.jsonl}.
 *
 * @param key what was tuned for; repeat 0 where all repeats share the choice
 * @param candidate number of the candidate, from 0
 * @param chosen values tried, by names such as {@code spectreg.lambda} or {@code lr}
 * @param validation mean metrics on validation examples
 * @param failure why the candidate failed, if it did
 */
public record TuningTrial(
        TrialKey key,
        int candidate,
        Map<String, String> chosen,
        Map<String, Double> validation,
        Optional<String> failure) {
    /** Copies the maps; numbers among the texts take the form they have in a file. */
    public TuningTrial {
        chosen = Collections.unmodifiableMap(Json.settings(Json.settings(chosen)));
        validation = Collections.unmodifiableMap(new LinkedHashMap<>(validation));
    }

    /** True if not the training failed but its device: resuming tries again. */
    boolean lost() {
        return DeviceFailures.recorded(failure);
    }

    /** Which candidate this is. */
    Candidate of() {
        return new Candidate(key, candidate);
    }

    /** The line, without its end. */
    String line() {
        ObjectNode line = Json.object()
                .put("schema", Trial.SCHEMA)
                .put("methods", key.methods())
                .put("size", key.size())
                .put("repeat", key.repeat())
                .put("candidate", candidate);
        line.set("hyperparameters", Json.settings(chosen));
        line.set("validation", Json.metrics(validation));
        line.put("status", failure.isEmpty() ? "ok" : "failed");
        failure.ifPresent(reason -> line.put("reason", reason));
        return Json.line(line);
    }

    /** Reads a line. */
    static TuningTrial of(JsonNode line) {
        return new TuningTrial(
                new TrialKey(
                        line.required("methods").asText(),
                        line.required("size").asInt(),
                        line.required("repeat").asInt()),
                line.required("candidate").asInt(),
                Json.settings(line.required("hyperparameters")),
                Json.metrics(line.required("validation")),
                line.required("status").asText().equals("ok")
                        ? Optional.empty()
                        : Optional.of(line.path("reason").asText("unknown")));
    }
}
