package thimble.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import thimble.benchmarks.statistics.Interval;

/** JSON trees with keys in the order written. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = MAPPER.createArrayNode();
        texts.forEach(array::add);
        return array;
    }

    static ArrayNode numbers(Collection<Integer> numbers) {
        ArrayNode array = MAPPER.createArrayNode();
        numbers.forEach(array::add);
        return array;
    }

    static ArrayNode interval(Interval interval) {
        return MAPPER.createArrayNode().add(interval.low()).add(interval.high());
    }

    /** Null where there is no number, or none that JSON can hold. */
    static ObjectNode put(ObjectNode object, String key, OptionalDouble value) {
        return value.isPresent() && Double.isFinite(value.getAsDouble())
                ? object.put(key, value.getAsDouble())
                : object.putNull(key);
    }

    static ObjectNode metrics(Map<String, Double> metrics) {
        ObjectNode object = object();
        metrics.forEach((name, value) -> put(object, name, OptionalDouble.of(value)));
        return object;
    }

    static Map<String, Double> metrics(JsonNode object) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        object.properties().forEach(entry -> {
            if (entry.getValue().isNumber()) {
                metrics.put(entry.getKey(), entry.getValue().doubleValue());
            }
        });
        return metrics;
    }

    /** Values that read as numbers become numbers. */
    static ObjectNode settings(Map<String, String> settings) {
        ObjectNode object = object();
        settings.forEach((name, text) -> {
            try {
                double number = Double.parseDouble(text);
                if (number == Math.rint(number) && Math.abs(number) < 1e15) {
                    object.put(name, (long) number);
                } else {
                    put(object, name, OptionalDouble.of(number));
                }
            } catch (NumberFormatException notANumber) {
                object.put(name, text);
            }
        });
        return object;
    }

    static Map<String, String> settings(JsonNode object) {
        Map<String, String> settings = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        return settings;
    }

    static JsonNode parse(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    static String line(JsonNode node) {
        return node.toString();
    }

    static String pretty(JsonNode node) {
        return node.toPrettyString() + "\n";
    }
}
