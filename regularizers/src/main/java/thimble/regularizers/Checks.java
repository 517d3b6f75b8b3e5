package thimble.regularizers;

import java.util.List;
import thimble.nn.Parameter;
import thimble.train.Calibration;

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

    /** Refuses what is not in (0, most]. */
    static void positive(String method, String component, double value, int most) {
        if (!(value > 0 && value <= most)) {
            throw new IllegalArgumentException(message(method, component, "in (0, " + most + "]", value));
        }
    }

    /** Refuses what is not in [0, most]. */
    static void atMost(String method, String component, double value, int most) {
        if (!(value >= 0 && value <= most)) {
            throw new IllegalArgumentException(message(method, component, "in [0, " + most + "]", value));
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

    /** Refuses a model whose last kernel begins at zero: no change before it is seen at the output. */
    static void lastLayer(String method, Calibration before, String instead) {
        List<Parameter> kernels = before.parameters().stream()
                .filter(parameter -> parameter.role() == Parameter.Role.KERNEL)
                .toList();
        if (!kernels.isEmpty() && !(before.norm(kernels.getLast()) > 0)) {
            throw new IllegalArgumentException("[" + method
                    + "] expected a last layer that begins with random weights but "
                    + kernels.getLast().name() + " begins at zero, so that nothing before it changes the output; "
                    + instead);
        }
    }

    private static String message(String method, String component, String expected, Object received) {
        return "[" + method + "] expected " + component + " " + expected + " but received " + received;
    }
}
