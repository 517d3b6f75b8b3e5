package thimble.benchmarks.anchors;

import java.util.List;
import thimble.data.Dataset;
import thimble.data.Stored;
import thimble.train.Model;

/**
 * Boosted trees.
 *
 * @param trees its trees, in the order grown
 * @param start values before the first tree
 * @param features numbers of an example
 * @param classes true for class probabilities by softmax
 * @param rate factor of each tree
 */
record BoostedModel(List<Tree> trees, double[] start, int features, boolean classes, double rate) implements Model {
    private static final int MOST = 1 << 28;

    @Override
    public Stored stored() {
        return TreeArrays.write(
                trees,
                Stored.of("boosted-trees")
                        .with("features", features)
                        .with("classes", classes)
                        .with("rate", rate)
                        .with("start", start));
    }

    /** Reads what {@link #stored} gave. */
    static BoostedModel read(Stored stored) {
        int features = stored.whole("features", 1, MOST);
        double[] start = stored.doubles("start");
        return new BoostedModel(
                TreeArrays.read(stored, features, start.length),
                start,
                features,
                stored.flag("classes"),
                stored.number("rate"));
    }

    @Override
    public float[] predict(float[] example) {
        if (example.length != features) {
            throw new IllegalArgumentException(
                    "[predict] expected " + features + " numbers but received " + example.length);
        }
        double[] values = start.clone();
        for (Tree tree : trees) {
            float[] leaf = tree.leaf(example);
            for (int o = 0; o < values.length; o++) {
                values[o] += rate * leaf[o];
            }
        }
        double[] said = classes ? softmax(values) : values;
        float[] scores = new float[said.length];
        for (int o = 0; o < scores.length; o++) {
            scores[o] = (float) said[o];
        }
        return scores;
    }

    @Override
    public float[][] predict(Dataset data) {
        float[][] all = new float[data.size()][];
        float[] example = new float[features];
        for (int i = 0; i < all.length; i++) {
            data.read(i, 0, example, 0);
            all[i] = predict(example);
        }
        return all;
    }

    /** exp(vₒ − max v) over their sum. */
    static double[] softmax(double[] values) {
        double most = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            most = Math.max(most, value);
        }
        double[] shares = new double[values.length];
        double sum = 0;
        for (int o = 0; o < shares.length; o++) {
            shares[o] = StrictMath.exp(values[o] - most);
            sum += shares[o];
        }
        for (int o = 0; o < shares.length; o++) {
            shares[o] /= sum;
        }
        return shares;
    }
}
