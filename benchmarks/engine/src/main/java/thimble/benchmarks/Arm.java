package thimble.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import thimble.method.Spec;

/**
 * One arm of a comparison: methods joined by {@code +} in order, such as {@code dropout:rate=0.5+spectreg:lambda=[1e-5..1e-2]}.
 *
 * @param text the spec as given
 * @param parts the methods in order
 */
public record Arm(String text, List<Spec> parts) {
    /** Copies the parts. */
    public Arm {
        parts = List.copyOf(parts);
    }

    /** Reads one arm. */
    public static Arm parse(String text) {
        return new Arm(text, Spec.parseJoined(text));
    }

    /** Reads arms separated by commas. */
    public static List<Arm> parseList(String text) {
        return Spec.splitList(text).stream().map(Arm::parse).toList();
    }

    /**
     * Everything in brackets, named {@code method.parameter}, in order.
     *
     * @throws IllegalArgumentException if one name would mean two ranges
     */
    public List<Tunable> tunables() {
        List<Tunable> tunables = new ArrayList<>();
        for (Spec part : parts) {
            part.settings().forEach((key, setting) -> {
                if (setting instanceof Spec.Setting.Value) {
                    return;
                }
                Tunable tunable = new Tunable(part.name() + "." + key, setting);
                if (tunables.stream().anyMatch(other -> other.name().equals(tunable.name()))) {
                    throw new IllegalArgumentException(
                            "[methods] expected one range for " + tunable.name() + " but received two in " + text);
                }
                tunables.add(tunable);
            });
        }
        return List.copyOf(tunables);
    }

    /** This arm with chosen values in place of brackets; a range without a choice takes its middle. */
    public Arm with(Map<String, String> chosen) {
        List<Spec> settled = parts.stream().map(part -> settled(part, chosen)).toList();
        return new Arm(settled.stream().map(Spec::toString).collect(Collectors.joining("+")), settled);
    }

    private static Spec settled(Spec part, Map<String, String> chosen) {
        Map<String, String> values = new LinkedHashMap<>();
        part.settings().forEach((key, setting) -> {
            if (!(setting instanceof Spec.Setting.Value)) {
                Tunable tunable = new Tunable(part.name() + "." + key, setting);
                values.put(key, chosen.getOrDefault(tunable.name(), tunable.middle()));
            }
        });
        return part.with(values);
    }
}
