package thimble.data;

import thimble.tensor.Shape;

/** Checks of numbers handed over by an application. */
final class Rows {
    private static final double SUM_TOLERANCE = 1e-3;

    private Rows() {}

    static Shape shape(String name, float[][] examples) {
        if (examples.length == 0 || examples[0].length == 0) {
            throw new IllegalArgumentException(
                    "[" + name + "] expected examples with at least one feature but received none");
        }
        return Shape.of(examples[0].length);
    }

    static float[] input(String name, int index, float[] numbers, Shape example) {
        if (numbers.length != example.elements()) {
            throw new IllegalArgumentException("[" + name + "] expected " + example.elements() + " numbers for "
                    + example + " but received " + numbers.length + " at example " + index);
        }
        for (float number : numbers) {
            if (Float.isInfinite(number)) {
                throw new IllegalArgumentException(
                        "[" + name + "] expected finite numbers, or NaN where one is missing, but received " + number
                                + " at example " + index);
            }
        }
        return numbers.clone();
    }

    static float[] target(String name, int index, float[] row, Targets targets) {
        if (row.length != targets.width()) {
            throw new IllegalArgumentException("[" + name + "] expected a target row of " + targets.width()
                    + " numbers but received " + row.length + " at example " + index);
        }
        double sum = 0;
        boolean negative = false;
        for (float number : row) {
            if (!Float.isFinite(number)) {
                throw new IllegalArgumentException(
                        "[" + name + "] expected finite targets but received " + number + " at example " + index);
            }
            sum += number;
            negative |= number < 0;
        }
        if (targets instanceof Targets.Classes && (negative || Math.abs(sum - 1) > SUM_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "[" + name + "] expected a target row of numbers >= 0 with sum 1 but received sum " + (float) sum
                            + (negative ? " with a negative number" : "") + " at example " + index);
        }
        return row.clone();
    }
}
