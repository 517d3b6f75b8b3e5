package thimble.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SplittableRandom;

/** The value of a parameter in a spec: fixed, or in brackets what tuning may choose from. */
public sealed interface Setting {
    /** The text in a spec. */
    String text();

    /** True if tuning chooses. */
    boolean tuned();

    /** The middle of what may be chosen: what an untuned or a first candidate takes. */
    String middle();

    /** A seeded choice. */
    String draw(SplittableRandom random);

    /**
     * A fixed value.
     *
     * @param text the value
     */
    record Fixed(String text) implements Setting {
        @Override
        public boolean tuned() {
            return false;
        }

        @Override
        public String middle() {
            return text;
        }

        @Override
        public String draw(SplittableRandom random) {
            return text;
        }
    }

    /**
     * A range on a logarithmic scale, {@code [1e-5..1e-2]}; drawn values have three digits.
     *
     * @param low smallest value, above 0
     * @param high largest value, above {@code low}
     */
    record Range(double low, double high) implements Setting {
        /** Checks the ends. */
        public Range {
            if (!(low > 0 && low < high && high < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "[range] expected [low..high] with 0 < low < high but received [" + low + ".." + high + "]");
            }
        }

        @Override
        public String text() {
            return "[" + low + ".." + high + "]";
        }

        @Override
        public boolean tuned() {
            return true;
        }

        @Override
        public String middle() {
            return rounded(Math.sqrt(low) * Math.sqrt(high));
        }

        @Override
        public String draw(SplittableRandom random) {
            return rounded(Math.clamp(
                    low * StrictMath.pow(high / low, random.nextDouble()), low, high));
        }

        private static String rounded(double value) {
            return Double.toString(new BigDecimal(value).round(new MathContext(3)).doubleValue());
        }
    }

    /**
     * Values to choose from, {@code [0.1|0.3|0.5]}.
     *
     * @param values at least one
     */
    record Choices(List<String> values) implements Setting {
        /** Copies and checks the values. */
        public Choices {
            values = List.copyOf(values);
            if (values.isEmpty() || values.stream().anyMatch(String::isBlank)) {
                throw new IllegalArgumentException("[choices] expected [a|b|c] but received " + values);
            }
        }

        @Override
        public String text() {
            return "[" + String.join("|", values) + "]";
        }

        @Override
        public boolean tuned() {
            return true;
        }

        @Override
        public String middle() {
            return values.get(values.size() / 2);
        }

        @Override
        public String draw(SplittableRandom random) {
            return values.get(random.nextInt(values.size()));
        }
    }

    /** Reads {@code 0.5}, {@code [1e-5..1e-2]} or {@code [a|b|c]}. */
    static Setting parse(String text) {
        if (!text.startsWith("[")) {
            return new Fixed(text);
        }
        if (!text.endsWith("]") || text.length() < 3) {
            throw new IllegalArgumentException("[setting] expected [low..high] or [a|b|c] but received " + text);
        }
        String inner = text.substring(1, text.length() - 1);
        int dots = inner.indexOf("..");
        if (dots < 0) {
            return new Choices(List.of(inner.split("\\|", -1)));
        }
        try {
            return new Range(Double.parseDouble(inner.substring(0, dots)), Double.parseDouble(inner.substring(dots + 2)));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("[range] expected two numbers but received " + text, notANumber);
        }
    }

    /** A range of a factor 10 to both sides of a usual value. */
    static Range around(double value) {
        return new Range(value / 10, value * 10);
    }
}
