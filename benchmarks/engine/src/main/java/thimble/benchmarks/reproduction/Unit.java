package thimble.benchmarks.reproduction;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** What a number of a finding is counted in, and how it is printed. */
public enum Unit {
    /** A share in percent, from 0 to 100. */
    PERCENT(" %"),
    /** A difference of percentages, with its sign. */
    POINTS(" points"),
    /** A factor. */
    FACTOR(" ×"),
    /** A plain number. */
    NUMBER("");

    private final String suffix;

    Unit(String suffix) {
        this.suffix = suffix;
    }

    /** The number without its unit: two decimals of percent, three digits of others. */
    public String number(double value) {
        return switch (this) {
            case PERCENT -> minus(String.format(Locale.ROOT, "%.2f", value));
            case POINTS -> minus(String.format(Locale.ROOT, "%+.2f", value));
            case FACTOR, NUMBER -> minus(digits(value));
        };
    }

    /** The number with its unit. */
    public String text(double value) {
        return number(value) + suffix;
    }

    /** A difference of two numbers of this unit, with its sign. */
    public String difference(double value) {
        return switch (this) {
            case PERCENT, POINTS -> minus(String.format(Locale.ROOT, "%+.2f", value));
            case FACTOR, NUMBER -> (value < 0 ? "" : "+") + minus(digits(value));
        };
    }

    private static String minus(String number) {
        return number.startsWith("-") ? '−' + number.substring(1) : number;
    }

    private static String digits(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : Double.toString(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
        double size = Math.abs(value);
        return size >= 1e-3 && size < 1e6 ? rounded.toPlainString() : String.format(Locale.ROOT, "%.2e", value);
    }
}
