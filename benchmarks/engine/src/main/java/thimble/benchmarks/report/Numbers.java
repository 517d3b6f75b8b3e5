package thimble.benchmarks.report;

import java.util.Locale;
import thimble.benchmarks.Cell;
import thimble.benchmarks.Metric;
import thimble.benchmarks.Summary;
import thimble.benchmarks.statistics.Interval;

/**
 * Numbers as people read them; rounded here and nowhere else.
 *
 * @param metric what is compared
 * @param decimals decimals of the metric: one for percent, two where the smallest half-width would read 0.0
 */
record Numbers(Metric metric, int decimals) {
    static final String MINUS = "−";
    /** A thin space that does not break, before a percent sign. */
    static final String THIN = "\u202f";

    static Numbers of(Summary summary) {
        Metric metric = summary.config().metric();
        double scale = metric.fraction() ? 100 : 1;
        double smallest = summary.cells().stream()
                .filter(cell -> cell.trials().size() > 1 && cell.ci().halfWidth() > 0)
                .mapToDouble(cell -> cell.ci().halfWidth() * scale)
                .min()
                .orElse(metric.fraction() ? 1 : 0.01);
        if (metric.fraction()) {
            return new Numbers(metric, smallest < 0.05 ? 2 : 1);
        }
        return new Numbers(metric, Math.clamp((int) Math.ceil(-Math.log10(smallest)) + 1, 1, 6));
    }

    /** A value of the metric, percent without its sign. */
    String value(double value) {
        return fixed(scaled(value), decimals);
    }

    /** A value of the metric with its unit. */
    String valueWithUnit(double value) {
        return metric.fraction() ? value(value) + THIN + "%" : value(value);
    }

    /** A half-width behind ±. */
    String half(Cell cell) {
        return cell.trials().size() < 2 ? "" : "±" + value(cell.ci().halfWidth());
    }

    /** What shall fall, with its unit where it has one. */
    String error(double value) {
        return value(metric.error(value));
    }

    /** A difference in points or in units of the metric, two decimals for percent. */
    String difference(double value) {
        return signed(scaled(value), differenceDecimals());
    }

    /** A difference with the decimals of the metric. */
    String lift(double value) {
        return signed(scaled(value), decimals);
    }

    /** An interval of a difference. */
    String differences(Interval interval) {
        return difference(interval.low()) + " to " + difference(interval.high());
    }

    /** What differences are counted in. */
    String unit() {
        return metric.fraction() ? "points" : metric.name().toUpperCase(Locale.ROOT);
    }

    /** A p value. */
    static String p(double p) {
        return p < 0.001 ? "<" + THIN + "0.001" : fixed(p, 3);
    }

    /** A count with thousands apart. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A number with decimals, the minus sign of print, never minus zero. */
    static String fixed(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return text.matches("-0(\\.0*)?") ? text.substring(1) : text.replace("-", MINUS);
    }

    /** A number with its sign; zero has none. */
    static String signed(double value, int decimals) {
        String text = fixed(value, decimals);
        return text.startsWith(MINUS) || text.matches("0(\\.0*)?") ? text : "+" + text;
    }

    /** Two digits, for factors and seconds. */
    static String two(double value) {
        return value >= 9.95 ? fixed(value, 0) : value >= 0.095 ? fixed(value, 1) : fixed(value, 2);
    }

    /** Samples, rounded to two digits, or three from 1,000 on. */
    static String about(double samples) {
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(samples)) - (samples >= 1000 ? 2 : 1)));
        return count(Math.round(Math.round(samples / unit) * unit));
    }

    /** A share in whole percent without its sign, or one decimal below one percent. */
    static String percent(double share) {
        return fixed(100 * share, Math.abs(share) < 0.0095 ? 1 : 0);
    }

    /** A hyperparameter: short, as a person would write it. */
    static String setting(String text) {
        try {
            double value = Double.parseDouble(text);
            double size = Math.abs(value);
            if (size >= 1000 && size < 1e9 && value == Math.rint(value)) {
                return count((long) value);
            }
            if (size != 0 && (size < 0.01 || size >= 10_000)) {
                return String.format(Locale.ROOT, "%.2e", value)
                        .replaceFirst("\\.?0+e", "e")
                        .replaceFirst("e([+-])0*", "e$1")
                        .replace("e+", "e");
            }
            return String.format(Locale.ROOT, "%.3g", value).contains("e")
                    ? text
                    : new java.math.BigDecimal(value)
                            .round(new java.math.MathContext(3))
                            .stripTrailingZeros()
                            .toPlainString();
        } catch (NumberFormatException notANumber) {
            return text;
        }
    }

    private int differenceDecimals() {
        return metric.fraction() ? Math.max(2, decimals) : decimals;
    }

    private double scaled(double value) {
        return metric.fraction() ? 100 * value : value;
    }
}
