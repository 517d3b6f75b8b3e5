package thimble.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import thimble.method.Spec;

/**
 * Something that tuning chooses.
 *
 * @param name name in records: {@code method.parameter}, or {@code lr} for the learning rate
 * @param setting what to choose from
 */
public record Tunable(String name, Spec.Setting setting) {
    /** The middle of what may be chosen, on the logarithmic scale of a range: what an untuned arm and the first candidate take. */
    public String middle() {
        return switch (setting) {
            case Spec.Setting.Value(String text) -> text;
            case Spec.Setting.Range(double low, double high) -> rounded(Math.sqrt(low) * Math.sqrt(high));
            case Spec.Setting.Choices choices ->
                choices.values().get(choices.values().size() / 2);
        };
    }

    /** A seeded choice; numbers have three digits. */
    public String draw(SplittableRandom random) {
        return switch (setting) {
            case Spec.Setting.Value(String text) -> text;
            case Spec.Setting.Range(double low, double high) ->
                rounded(Math.clamp(low * StrictMath.pow(high / low, random.nextDouble()), low, high));
            case Spec.Setting.Choices choices ->
                choices.values().get(random.nextInt(choices.values().size()));
        };
    }

    /** A range of a factor 10 to both sides of a usual value. */
    public static Spec.Setting around(double value) {
        return new Spec.Setting.Range(value / 10, value * 10);
    }

    private static String rounded(double value) {
        return Double.toString(new BigDecimal(value).round(new MathContext(3)).doubleValue());
    }
}
