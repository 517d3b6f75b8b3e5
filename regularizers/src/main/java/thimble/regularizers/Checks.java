package thimble.regularizers;

import thimble.nn.Parameter;

/** What the records of this package ask of their components, and which parameters they act on. */
final class Checks {
    private Checks() {}

    /** Refuses what is not a finite number ≥ 0. */
    static void atLeastZero(String method, String component, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(message(method, component, ">= 0", value));
        }
    }

    /** Refuses what is not a finite number &gt; 0. */
    static void positive(String method, String component, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(message(method, component, "> 0", value));
        }
    }

    /** Refuses what is not in [0, 1). */
    static void belowOne(String method, String component, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(message(method, component, "in [0, 1)", value));
        }
    }

    /** Refuses what is not in [0, 1]. */
    static void share(String method, String component, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(message(method, component, "in [0, 1]", value));
        }
    }

    /** Refuses what is not a number ≥ 1. */
    static void atLeastOne(String method, String component, double value) {
        if (!(value >= 1)) {
            throw new IllegalArgumentException(message(method, component, ">= 1", value));
        }
    }

    /** Refuses whole numbers below 1. */
    static void atLeastOne(String method, String component, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(message(method, component, ">= 1", value));
        }
    }

    /** True for weights; biases and the scales and shifts of normalisations are left alone unless {@code all}. */
    static boolean decays(Parameter parameter, boolean all) {
        return all || parameter.role() == Parameter.Role.KERNEL || parameter.role() == Parameter.Role.EMBEDDING;
    }

    private static String message(String method, String component, String expected, Object received) {
        return "[" + method + "] expected " + component + " " + expected + " but received " + received;
    }
}
