package thimble.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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

    /** What candidate {@code number} tries: first the middle, then seeded draws; of a list, each value before one is tried again. Numbers have three digits. */
    public String candidate(int number, long seed) {
        if (number == 0) {
            return middle();
        }
        return switch (setting) {
            case Spec.Setting.Value(String text) -> text;
            case Spec.Setting.Range(double low, double high) -> {
                double place = random(seed, number).nextDouble();
                yield rounded(Math.clamp(low * StrictMath.pow(high / low, place), low, high));
            }
            case Spec.Setting.Choices(List<String> values) -> {
                int round = number / values.size();
                List<String> order = new ArrayList<>(values);
                Collections.shuffle(order, Random.from(random(seed, round)));
                if (round == 0) {
                    order.remove(middle());
                    order.addFirst(middle());
                }
                yield order.get(number % values.size());
            }
        };
    }

    private static SplittableRandom random(long seed, int number) {
        return new SplittableRandom(seed * 1_000_003 + number);
    }

    /** A range of a factor 10 to both sides of a usual value. */
    public static Spec.Setting around(double value) {
        return new Spec.Setting.Range(value / 10, value * 10);
    }

    private static String rounded(double value) {
        return Double.toString(new BigDecimal(value).round(new MathContext(3)).doubleValue());
    }
}
