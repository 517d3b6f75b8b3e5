package thimble.benchmarks.anchors;

import java.util.List;
import thimble.data.Dataset;
import thimble.data.Stored;
import thimble.train.Model;

/**
 * A grown forest.
 *
 * @param trees its trees
 * @param features numbers of an example
 * @param outputs numbers of a target row
 * @param classes true for class probabilities
 */
record ForestModel(List<Tree> trees, int features, int outputs, boolean classes) implements Model {
    private static final int MOST = 1 << 28;

    @Override
    public Stored stored() {
        return TreeArrays.write(
                trees,
                Stored.of("forest")
                        .with("features", features)
                        .with("outputs", outputs)
                        .with("classes", classes));
    }

    /** Reads what {@link #stored} gave. */
    static ForestModel read(Stored stored) {
        int features = stored.whole("features", 1, MOST);
        int outputs = stored.whole("outputs", 1, MOST);
        return new ForestModel(TreeArrays.read(stored, features, outputs), features, outputs, stored.flag("classes"));
    }

    @Override
    public float[] predict(float[] example) {
        if (example.length != features) {
            throw new IllegalArgumentException(
                    "[predict] expected " + features + " numbers but received " + example.length);
        }
        double[] sums = new double[outputs];
        for (Tree tree : trees) {
            float[] leaf = tree.leaf(example);
            for (int o = 0; o < outputs; o++) {
                sums[o] += leaf[o];
            }
        }
        float[] scores = new float[outputs];
        for (int o = 0; o < outputs; o++) {
            scores[o] = (float) (classes ? (sums[o] + 1.0 / outputs) / (trees.size() + 1) : sums[o] / trees.size());
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
}
