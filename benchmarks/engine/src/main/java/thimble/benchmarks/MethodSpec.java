package thimble.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one arm of a comparison does: methods joined by {@code +} in order, such as {@code dropout:rate=0.5+spectreg:lambda=[1e-5..1e-2]}.
 *
 * @param text the spec as given
 * @param parts the methods in order
 */
public record MethodSpec(String text, List<Part> parts) {
    /**
     * One method of a spec.
     *
     * @param name name of the method
     * @param settings its parameters as given, in order
     */
    public record Part(String name, List<Parameter> settings) {
        /** Copies the parameters. */
        public Part {
            settings = List.copyOf(settings);
        }

        /** The method as a spec of its own. */
        public String text() {
            return settings.isEmpty()
                    ? name
                    : name + settings.stream().map(Parameter::text).collect(Collectors.joining(",", ":", ""));
        }
    }

    /**
     * One parameter of a method.
     *
     * @param name name of the parameter
     * @param setting its value, or what tuning may choose from
     */
    public record Parameter(String name, Setting setting) {
        String text() {
            return name + "=" + setting.text();
        }
    }

    /** Copies the parts. */
    public MethodSpec {
        parts = List.copyOf(parts);
    }

    /** Reads one spec. */
    public static MethodSpec parse(String text) {
        List<Part> parts = new ArrayList<>();
        for (String part : pieces(text, '+')) {
            int colon = part.indexOf(':');
            String name = colon < 0 ? part : part.substring(0, colon);
            if (!name.matches("[a-z][a-z0-9-]*")) {
                throw new IllegalArgumentException(
                        "[methods] expected name or name:key=value joined by + but received " + text);
            }
            parts.add(new Part(name, colon < 0 ? List.of() : parameters(part.substring(colon + 1), text)));
        }
        return new MethodSpec(text, parts);
    }

    /** Reads specs separated by commas; {@code key=value} after a comma belongs to the spec before it. */
    public static List<MethodSpec> parseList(String text) {
        List<String> specs = new ArrayList<>();
        for (String piece : pieces(text, ',')) {
            int equals = piece.indexOf('=');
            int colon = piece.indexOf(':');
            boolean further = equals > 0 && (colon < 0 || colon > equals);
            if (further && !specs.isEmpty()) {
                specs.set(specs.size() - 1, specs.getLast() + "," + piece);
            } else {
                specs.add(piece);
            }
        }
        return specs.stream().map(MethodSpec::parse).toList();
    }

    /** Everything that tuning chooses, named {@code method.parameter}, in order. */
    public List<Tunable> tunables() {
        return parts.stream()
                .flatMap(part -> part.settings().stream()
                        .filter(parameter -> parameter.setting().tuned())
                        .map(parameter -> new Tunable(part.name() + "." + parameter.name(), parameter.setting())))
                .toList();
    }

    /** This spec with chosen values in place of brackets; ranges without a choice take their middle. */
    public MethodSpec with(Map<String, String> chosen) {
        List<Part> settled = parts.stream()
                .map(part -> new Part(
                        part.name(),
                        part.settings().stream()
                                .map(parameter -> new Parameter(
                                        parameter.name(),
                                        new Setting.Fixed(chosen.getOrDefault(
                                                part.name() + "." + parameter.name(), parameter.setting().middle()))))
                                .toList()))
                .toList();
        return new MethodSpec(settled.stream().map(Part::text).collect(Collectors.joining("+")), settled);
    }

    private static List<Parameter> parameters(String text, String spec) {
        List<Parameter> parameters = new ArrayList<>();
        for (String pair : pieces(text, ',')) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw new IllegalArgumentException("[methods] expected key=value but received " + pair + " in " + spec);
            }
            String name = pair.substring(0, equals);
            if (parameters.stream().anyMatch(parameter -> parameter.name().equals(name))) {
                throw new IllegalArgumentException("[methods] expected " + name + " once but received it twice in " + spec);
            }
            parameters.add(new Parameter(name, Setting.parse(pair.substring(equals + 1))));
        }
        return parameters;
    }

    /** Cuts at a sign outside brackets; a {@code +} inside a number such as {@code 1e+2} is no cut. */
    private static List<String> pieces(String text, char sign) {
        List<String> pieces = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            boolean exponent = sign == '+' && i + 1 < text.length() && Character.isDigit(text.charAt(i + 1));
            if (c == sign && depth == 0 && !exponent) {
                pieces.add(text.substring(start, i));
                start = i + 1;
            }
        }
        pieces.add(text.substring(start));
        if (depth != 0) {
            throw new IllegalArgumentException("[methods] expected closed brackets but received " + text);
        }
        return pieces.stream().map(String::strip).toList();
    }
}
