package thimble.method;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * A method as written by a user, {@code name:key=value,key=value}; a value in brackets is a range to tune.
 *
 * @param name name of the method
 * @param settings settings by parameter, in the order written
 */
public record Spec(String name, SequencedMap<String, Setting> settings) {
    /** What is written for one parameter. */
    public sealed interface Setting {
        /** One value, as text. */
        record Value(String text) implements Setting {
            @Override
            public String toString() {
                return text;
            }
        }

        /** Any number between two bounds, tried evenly on a logarithmic scale: {@code [1e-5..1e-2]}. */
        record Range(double low, double high) implements Setting {
            @Override
            public String toString() {
                return "[" + Methods.text(low) + ".." + Methods.text(high) + "]";
            }
        }

        /** One of several values: {@code [0.1|0.3|0.5]}. */
        record Choices(List<String> values) implements Setting {
            @Override
            public String toString() {
                return "[" + String.join("|", values) + "]";
            }
        }
    }

    /** Copies the settings. */
    public Spec {
        settings = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
    }

    /**
     * Parses one spec.
     *
     * @throws IllegalArgumentException if the text is not a spec; the message shows where and what was expected
     */
    public static Spec parse(String text) {
        int colon = text.indexOf(':');
        String name = (colon < 0 ? text : text.substring(0, colon)).strip();
        if (!name.matches("[a-z0-9][a-z0-9-]*")) {
            throw new IllegalArgumentException("[spec] expected name:key=value but received '" + text + "'");
        }
        SequencedMap<String, Setting> settings = new LinkedHashMap<>();
        if (colon >= 0) {
            for (String part : text.substring(colon + 1).split(",", -1)) {
                int equals = part.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException(
                            "[spec] expected key=value in '" + text + "' but received '" + part + "'");
                }
                String key = part.substring(0, equals).strip();
                if (settings.put(key, setting(text, part.substring(equals + 1).strip())) != null) {
                    throw new IllegalArgumentException(
                            "[spec] expected each parameter once but received '" + key + "' twice in '" + text + "'");
                }
            }
        }
        return new Spec(name, settings);
    }

    /** Parses specs joined by {@code +}, in order; a plus inside a number such as {@code 1e+3} joins nothing. */
    public static List<Spec> parseJoined(String text) {
        return List.of(text.strip().split("\\+(?=\\s*[a-z])", -1)).stream()
                .map(String::strip)
                .map(Spec::parse)
                .toList();
    }

    /** Splits a comma-separated list of joined specs; a part such as {@code rate=0.5} continues the parameters of the spec before it. */
    public static List<String> splitList(String text) {
        List<String> specs = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            boolean continues = part.matches("\\s*[A-Za-z][A-Za-z0-9]*\\s*=.*");
            if (continues && !specs.isEmpty()) {
                specs.add(specs.removeLast() + "," + part.strip());
            } else {
                specs.add(part.strip());
            }
        }
        return specs;
    }

    /** True if any value is in brackets. */
    public boolean tunable() {
        return settings.values().stream().anyMatch(setting -> !(setting instanceof Setting.Value));
    }

    /** This spec with some parameters set to values. */
    public Spec with(Map<String, String> values) {
        SequencedMap<String, Setting> changed = new LinkedHashMap<>(settings);
        values.forEach((key, value) -> changed.put(key, new Setting.Value(value)));
        return new Spec(name, changed);
    }

    /** As written: {@code name:key=value,key=value}. */
    @Override
    public String toString() {
        String values = settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
        return values.isEmpty() ? name : name + ":" + values;
    }

    private static Setting setting(String spec, String value) {
        if (!value.startsWith("[")) {
            return new Setting.Value(value);
        }
        if (!value.endsWith("]")) {
            throw new IllegalArgumentException("[spec] expected a closing ] in '" + spec + "'");
        }
        String inside = value.substring(1, value.length() - 1);
        int dots = inside.indexOf("..");
        if (dots < 0) {
            List<String> choices =
                    List.of(inside.split("\\|", -1)).stream().map(String::strip).toList();
            if (choices.size() < 2 || choices.contains("")) {
                throw new IllegalArgumentException(
                        "[spec] expected [low..high] or [a|b|c] in '" + spec + "' but received " + value);
            }
            return new Setting.Choices(choices);
        }
        double low = number(spec, inside.substring(0, dots));
        double high = number(spec, inside.substring(dots + 2));
        if (!(low > 0 && low < high && Double.isFinite(high))) {
            throw new IllegalArgumentException(
                    "[spec] expected 0 < low < high in '" + spec + "' but received " + value);
        }
        return new Setting.Range(low, high);
    }

    private static double number(String spec, String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "[spec] expected a number in '" + spec + "' but received '" + text + "'", e);
        }
    }
}
