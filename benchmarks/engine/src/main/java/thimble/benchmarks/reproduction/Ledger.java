package thimble.benchmarks.reproduction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import thimble.benchmarks.Journal;
import thimble.benchmarks.StoreException;

/** The values of finished runs, one line each: {@code {"key":…,"values":{…}}}; a run that is there is not done again. */
public final class Ledger implements AutoCloseable {
    private final Journal journal;

    private Ledger(Journal journal) {
        this.journal = journal;
    }

    /** Opens for appending, making its folder. */
    public static Ledger open(Path file) {
        return guarded(file, path -> {
            Files.createDirectories(path.getParent());
            return new Ledger(Journal.open(path));
        });
    }

    /** Everything appended so far; the last line of a key counts. */
    public static Records read(Path file) {
        LinkedHashMap<String, Map<String, Double>> values = new LinkedHashMap<>();
        guarded(file, path -> Journal.read(path, Function.identity())).forEach(line -> {
            Map<String, Double> numbers = new LinkedHashMap<>();
            line.required("values")
                    .properties()
                    .forEach(entry -> numbers.put(entry.getKey(), number(entry.getValue())));
            values.put(line.required("key").asText(), numbers);
        });
        return new Records(values);
    }

    public void append(String key, Map<String, Double> values) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("key", key);
        ObjectNode numbers = line.putObject("values");
        values.forEach((name, value) -> {
            if (Double.isFinite(value)) {
                numbers.put(name, value);
            } else {
                numbers.put(name, Double.toString(value)); // JSON has no such numbers
            }
        });
        journal.append(line.toString());
    }

    @Override
    public void close() {
        try {
            journal.close();
        } catch (IOException failure) {
            throw new StoreException("[results] cannot close the ledger: " + failure.getMessage(), failure);
        }
    }

    private static double number(JsonNode node) {
        return node.isNumber() ? node.doubleValue() : Double.parseDouble(node.asText());
    }

    private static <T> T guarded(Path file, Access<T> access) {
        try {
            return access.to(file);
        } catch (IOException failure) {
            throw new StoreException("[results] cannot use " + file + ": " + failure.getMessage(), failure);
        }
    }

    @FunctionalInterface
    private interface Access<T> {
        T to(Path file) throws IOException;
    }
}
