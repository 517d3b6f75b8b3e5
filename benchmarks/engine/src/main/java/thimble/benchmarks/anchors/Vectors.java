package thimble.benchmarks.anchors;

import java.util.Arrays;
import thimble.data.Dataset;
import thimble.data.Preprocessing;

/**
 * Training examples as vectors of one scale, for learners that compare examples. A table gets the preprocessing that networks get and is
 * divided by the root of its number of features, so that a squared length is about 1; all other examples, such as pictures, get length 1.
 */
final class Vectors {
    private static final int AT_ONCE = 4;

    private final Preprocessing preprocessing;
    private final boolean table;
    private final double[][] columns;
    private final double[] squares;

    private Vectors(Preprocessing preprocessing, boolean table, double[][] columns, double[] squares) {
        this.preprocessing = preprocessing;
        this.table = table;
        this.columns = columns;
        this.squares = squares;
    }

    /** All examples, as they are seen in epoch 0. */
    static Vectors of(Dataset train) {
        int features = Math.toIntExact(train.example().elements());
        Vectors vectors = new Vectors(
                Preprocessing.fit(train),
                train.example().rank() == 1,
                new double[features][train.size()],
                new double[train.size()]);
        float[] row = new float[features];
        for (int i = 0; i < train.size(); i++) {
            train.read(i, 0, row, 0);
            double[] vector = vectors.vector(row);
            for (int f = 0; f < features; f++) {
                vectors.columns[f][i] = vector[f];
            }
            vectors.squares[i] = square(vector);
        }
        return vectors;
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
