package thimble.benchmarks.anchors;

import java.util.Arrays;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.Preprocessing;
import thimble.data.Stored;
import thimble.train.Model;

/**
 * Class probabilities by softmax of linear scores.
 *
 * @param preprocessing what happens to an example before
 * @param classes number of classes
 * @param known class by row of the weights; a class that the training examples lack has no row and probability 0
 * @param weights one row for each known class: a weight for each number of an example, then the bias
 */
record LinearModel(Preprocessing preprocessing, int classes, int[] known, double[][] weights) implements Model {
    private static final int MOST = 1 << 20;

    @Override
    public float[] predict(float[] example) {
        int features = weights[0].length - 1;
        if (example.length != features) {
            throw new IllegalArgumentException(
                    "[predict] expected " + features + " numbers but received " + example.length);
        }
        float[] scaled = example.clone();
        preprocessing.input(scaled, 0);
        double[] sums = new double[known.length];
        for (int row = 0; row < sums.length; row++) {
            sums[row] = weights[row][features];
            for (int f = 0; f < features; f++) {
                sums[row] += weights[row][f] * scaled[f];
            }
        }
        double[] shares = BoostedModel.softmax(sums);
        float[] scores = new float[classes];
        for (int row = 0; row < shares.length; row++) {
            scores[known[row]] = (float) shares[row];
        }
        return scores;
    }

    @Override
    public float[][] predict(Dataset data) {
        float[][] all = new float[data.size()][];
        float[] example = new float[weights[0].length - 1];
        for (int i = 0; i < all.length; i++) {
            data.read(i, 0, example, 0);
            all[i] = predict(example);
        }
        return all;
    }

    @Override
    public Stored stored() {
        return Stored.of("logistic-regression")
                .with("preprocessing", preprocessing.text())
                .with("classes", classes)
                .with("known", known)
                .with("weights", weights);
    }

    /** Reads what {@link #stored} gave. */
    static LinearModel read(Stored stored) {
        int classes = stored.whole("classes", 1, MOST);
        int[] known = stored.integers("known");
        double[][] weights = stored.doubleRows("weights");
        if (known.length != weights.length || Arrays.stream(known).anyMatch(c -> c < 0 || c >= classes)) {
            throw new DataException("[" + stored.kind() + ", known] expected one of " + classes
                    + " classes for each of " + weights.length + " rows but received " + Arrays.toString(known));
        }
        return new LinearModel(Preprocessing.parse(stored.text("preprocessing")), classes, known, weights);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinearModel model
                && preprocessing.equals(model.preprocessing)
                && classes == model.classes
                && Arrays.equals(known, model.known)
                && Arrays.deepEquals(weights, model.weights);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(known) + Arrays.deepHashCode(weights);
    }

    @Override
    public String toString() {
        return "LinearModel[" + known.length + " of " + classes + " classes]";
    }
}
