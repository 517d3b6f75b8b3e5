package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The trials that a comparison wrote to its folder. */
final class TrialLines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TrialLines() {}

    /** As they were finished. */
    static List<JsonNode> of(Path results) throws IOException {
        return in(results.resolve("trials.jsonl"));
    }

    /** One of each line of a file. */
    static List<JsonNode> in(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    /** By methods and repeat. */
    static List<JsonNode> sorted(Path results) throws IOException {
        List<JsonNode> trials = of(results);
        trials.sort(
                Comparator.comparing((JsonNode trial) -> trial.path("methods").asText())
                        .thenComparing(trial -> trial.path("repeat").asInt()));
        return trials;
    }

    /** Method and qualities of each trial, as written. */
    static List<String> qualities(Path results) throws IOException {
        return sorted(results).stream()
                .map(trial -> trial.path("methods") + " " + trial.path("train") + " " + trial.path("test"))
                .toList();
    }

    /** Checks that the losses of a trial are those of another, but for a share of them. */
    static void assertLosses(JsonNode received, JsonNode expected, double share) {
        for (String part : List.of("train", "test")) {
            double loss = expected.path(part).path("loss").asDouble();
            assertThat(received.path(part).path("loss").asDouble())
                    .as(part + " loss of " + received)
                    .isCloseTo(loss, within(share * loss));
        }
    }
}
