package thimble.benchmarks.anchors;

/** What the records of this package ask of their components. */
final class Checks {
    private Checks() {}

    /** Refuses whole numbers below a bound. */
    static void atLeast(String method, String component, int value, int bound) {
        if (value < bound) {
            throw new IllegalArgumentException(message(method, component, ">= " + bound, value));
        }
    }

    /** Refuses what is not a finite number &gt; 0. */
    static void positive(String method, String component, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(message(method, component, "> 0", value));
        }
    }

    /** Refuses what is not a finite number ≥ 0. */
    static void atLeastZero(String method, String component, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(message(method, component, ">= 0", value));
        }
    }

    private static String message(String method, String component, String expected, Object received) {
        return "[" + method + "] expected " + component + " " + expected + " but received " + received;
    }
}
