package thimble.augmenters;

import thimble.tensor.Shape;

/** What the records of this package ask of their components and of the data. */
final class Checks {
    private Checks() {}

    /** Refuses what is not in [low, high]. */
    static void within(String method, String component, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(
                    "[" + method + "] expected " + component + " in [" + low + ", " + high + "] but received " + value);
        }
    }

    /** Refuses what is not a finite number ≥ 0. */
    static void atLeastZero(String method, String component, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(
                    "[" + method + "] expected " + component + " >= 0 but received " + value);
        }
    }

    /** Refuses what is not a finite number &gt; 0. */
    static void positive(String method, String component, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException("[" + method + "] expected " + component + " > 0 but received " + value);
        }
    }

    /** Refuses whole numbers below a least one. */
    static void atLeast(String method, String component, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "[" + method + "] expected " + component + " >= " + least + " but received " + value);
        }
    }

    /** Refuses examples that are no pictures [channels, height, width]. */
    static Shape picture(String method, Shape example) {
        if (example.rank() != 3) {
            throw new IllegalArgumentException("[" + method + "] expected pictures [channels, height, width] but"
                    + " received examples " + example + "; mixup and gaussian-noise fit all data");
        }
        return example;
    }
}
