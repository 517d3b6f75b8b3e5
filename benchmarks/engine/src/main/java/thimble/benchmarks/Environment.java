package thimble.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Where and how a comparison ran: what a reader needs to repeat it, none of which changes what is compared, except the backend.
 *
 * @param command the whole command
 * @param version version of this program, with its commit if that is known
 * @param backend name of the backend
 * @param device the backend in words: vector width, threads
 * @param java name and version of the Java runtime
 * @param processor name of the processor
 * @param started when it began, ISO 8601 in UTC
 */
public record Environment(
        String command, String version, String backend, String device, String java, String processor, String started) {
    ObjectNode json() {
        return Json.object()
                .put("command", command)
                .put("version", version)
                .put("backend", backend)
                .put("device", device)
                .put("java", java)
                .put("processor", processor)
                .put("started", started);
    }

    static Environment of(JsonNode json) {
        return new Environment(
                json.required("command").asText(),
                json.required("version").asText(),
                json.required("backend").asText(),
                json.required("device").asText(),
                json.required("java").asText(),
                json.required("processor").asText(),
                json.required("started").asText());
    }
}
