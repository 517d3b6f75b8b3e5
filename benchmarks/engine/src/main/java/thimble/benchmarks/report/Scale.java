package thimble.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A map from values to places of a picture, linear or logarithmic.
 *
 * @param log true for logarithmic
 * @param low value at {@code from}
 * @param high value at {@code to}
 * @param from place of the lowest value
 * @param to place of the highest value
 */
record Scale(boolean log, double low, double high, double from, double to) {
    private static final List<List<Double>> STEPS =
            List.of(List.of(1.0), List.of(1.0, 3.0), List.of(1.0, 2.0, 5.0), List.of(1.0, 2.0, 3.0, 5.0), all());

    /** The place of a value; of one outside the ends, outside. */
    double at(double value) {
        if (low == high) {
            return (from + to) / 2;
        }
        double share = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
        return from + share * (to - from);
    }

    /** The place of a value moved to the nearer end if it lies outside. */
    double within(double value) {
        return at(Math.clamp(value, low, high));
    }

    /** The value at a place. */
    double value(double place) {
        double share = (place - from) / (to - from);
        return log ? low * Math.pow(high / low, share) : low + share * (high - low);
    }

    /** Round values inside the ends, about as many as wanted. */
    List<Double> ticks(int wanted) {
        if (log) {
            List<Double> best = List.of();
            for (List<Double> steps : STEPS) {
                List<Double> ticks = logTicks(steps);
                if (ticks.size() <= wanted || best.isEmpty()) {
                    best = ticks;
                }
            }
            if (best.size() >= 3) {
                return best;
            }
        }
        double step = step((high - low) / wanted);
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high * (1 + 1e-9); i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** The smallest of 1, 2, 5 times a power of ten that is not below. */
    static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= least * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private List<Double> logTicks(List<Double> steps) {
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
            for (double step : steps) {
                double tick = step * Math.pow(10, power);
                if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    private static List<Double> all() {
        List<Double> steps = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            steps.add((double) i);
        }
        return steps;
    }
}
