package thimble.benchmarks.anchors;

import java.util.Arrays;
import thimble.data.Dataset;
import thimble.data.Preprocessing;
import thimble.data.Stored;
import thimble.train.SavedModel;

/**
 * Training examples as vectors of one scale, for learners that compare examples. A table gets the preprocessing that networks get and is
 * divided by the root of its number of features, so that a squared length is about 1; all other examples, such as pictures, get length 1.
 */
final class Vectors {
    private static final int AT_ONCE = 4;

    private final Preprocessing preprocessing;
    private final boolean table;
    private final float[][] examples;
    private final double[][] columns;
    private final double[] squares;

    private Vectors(Preprocessing preprocessing, boolean table, float[][] examples) {
        this.preprocessing = preprocessing;
        this.table = table;
        this.examples = examples;
        this.columns = new double[examples[0].length][examples.length];
        this.squares = new double[examples.length];
        for (int i = 0; i < squares.length; i++) {
            double[] vector = vector(examples[i]);
            for (int f = 0; f < vector.length; f++) {
                columns[f][i] = vector[f];
            }
            squares[i] = square(vector);
        }
    }

    /** All examples, as they are seen in epoch 0. */
    static Vectors of(Dataset train) {
        float[][] examples =
                new float[train.size()][Math.toIntExact(train.example().elements())];
        for (int i = 0; i < examples.length; i++) {
            train.read(i, 0, examples[i], 0);
        }
        return new Vectors(Preprocessing.fit(train), train.example().rank() == 1, examples);
    }

    /** A stored model with the examples as they were given. */
    Stored write(Stored stored) {
        return stored.with("preprocessing", preprocessing.text())
                .with("table", table)
                .with(SavedModel.EXAMPLES, examples);
    }

    /** Reads what {@link #write} wrote. */
    static Vectors read(Stored stored) {
        return new Vectors(
                Preprocessing.parse(stored.text("preprocessing")),
                stored.flag("table"),
                stored.floatRows(SavedModel.EXAMPLES));
    }

    int size() {
        return squares.length;
    }

    int features() {
        return columns.length;
    }

    /** Squared length by training example. */
    double[] squares() {
        return squares;
    }

    /**
     * The vector of an example.
     *
     * @throws IllegalArgumentException if it has not as many numbers as a training example
     */
    double[] vector(float[] example) {
        if (example.length != columns.length) {
            throw new IllegalArgumentException(
                    "[predict] expected " + columns.length + " numbers but received " + example.length);
        }
        float[] scaled = example.clone();
        preprocessing.input(scaled, 0);
        double[] vector = new double[scaled.length];
        Arrays.setAll(vector, f -> scaled[f]);
        double length = table ? Math.sqrt(vector.length) : Math.sqrt(square(vector));
        for (int f = 0; f < vector.length && length > 0; f++) {
            vector[f] /= length;
        }
        return vector;
    }

    /** The vector of a training example. */
    double[] vector(int index) {
        double[] vector = new double[columns.length];
        Arrays.setAll(vector, f -> columns[f][index]);
        return vector;
    }

    /** Inner products with all training examples, a feature after the other; zeros, of which pictures are full, cost nothing. */
    void products(double[] vector, double[] into) {
        Arrays.fill(into, 0);
        int[] used = new int[vector.length];
        int count = 0;
        for (int f = 0; f < vector.length; f++) {
            if (vector[f] != 0) {
                used[count++] = f;
            }
        }
        int at = 0;
        for (; at + AT_ONCE <= count; at += AT_ONCE) {
            double[] first = columns[used[at]];
            double[] second = columns[used[at + 1]];
            double[] third = columns[used[at + 2]];
            double[] fourth = columns[used[at + 3]];
            double a = vector[used[at]];
            double b = vector[used[at + 1]];
            double c = vector[used[at + 2]];
            double d = vector[used[at + 3]];
            for (int j = 0; j < into.length; j++) {
                into[j] += a * first[j] + b * second[j] + c * third[j] + d * fourth[j];
            }
        }
        for (; at < count; at++) {
            double[] column = columns[used[at]];
            double a = vector[used[at]];
            for (int j = 0; j < into.length; j++) {
                into[j] += a * column[j];
            }
        }
    }

    static double square(double[] vector) {
        double sum = 0;
        for (double value : vector) {
            sum += value * value;
        }
        return sum;
    }
}
