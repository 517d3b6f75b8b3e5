package thimble.benchmarks.anchors;

/** A decision tree: a node goes left where its feature is not above its threshold; a missing number goes right. */
sealed interface Tree {
    /** The mean target row of the leaf that an example reaches. */
    default float[] leaf(float[] example) {
        Tree at = this;
        while (at instanceof Split split) {
            at = example[split.feature] <= split.threshold ? split.left : split.right;
        }
        return ((Leaf) at).mean;
    }

    /** An inner node. */
    final class Split implements Tree {
        private final int feature;
        private final float threshold;
        private final Tree left;
        private final Tree right;

        Split(int feature, float threshold, Tree left, Tree right) {
            this.feature = feature;
            this.threshold = threshold;
            this.left = left;
            this.right = right;
        }

        int feature() {
            return feature;
        }

        float threshold() {
            return threshold;
        }

        Tree left() {
            return left;
        }

        Tree right() {
            return right;
        }
    }

    /** An end. */
    final class Leaf implements Tree {
        private final float[] mean;

        Leaf(float[] mean) {
            this.mean = mean;
        }

        float[] mean() {
            return mean;
        }
    }
}
