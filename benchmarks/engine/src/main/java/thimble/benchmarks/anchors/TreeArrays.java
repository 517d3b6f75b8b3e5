package thimble.benchmarks.anchors;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import thimble.data.DataException;
import thimble.data.Stored;

/**
 * Trees as arrays, one tree after another and in each a node before what is left of it, which is before what is right of it: the feature of
 * each node, −1 for a leaf; its threshold, 0 for a leaf; and the rows of the leaves.
 */
final class TreeArrays {
    private static final int LEAF = -1;

    private TreeArrays() {}

    /** A stored model with its trees. */
    static Stored write(List<Tree> trees, Stored stored) {
        List<Tree> nodes = new ArrayList<>();
        Deque<Tree> open = new ArrayDeque<>(trees);
        while (!open.isEmpty()) {
            Tree node = open.pop();
            nodes.add(node);
            if (node instanceof Tree.Split split) {
                open.push(split.right());
                open.push(split.left());
            }
        }
        int[] features = new int[nodes.size()];
        double[] thresholds = new double[nodes.size()];
        List<float[]> leaves = new ArrayList<>();
        for (int i = 0; i < features.length; i++) {
            switch (nodes.get(i)) {
                case Tree.Split split -> {
                    features[i] = split.feature();
                    thresholds[i] = split.threshold();
                }
                case Tree.Leaf leaf -> {
                    features[i] = LEAF;
                    leaves.add(leaf.mean());
                }
            }
        }
        return stored.with("trees", trees.size())
                .with("node-features", features)
                .with("thresholds", thresholds)
                .with("leaves", leaves.toArray(float[][]::new));
    }

    /**
     * The trees of a stored model.
     *
     * @param features numbers of an example
     * @param outputs numbers of a leaf
     * @throws DataException if the arrays are no such trees
     */
    static List<Tree> read(Stored stored, int features, int outputs) {
        int[] nodes = stored.integers("node-features");
        double[] thresholds = stored.doubles("thresholds");
        float[][] leaves = stored.floatRows("leaves");
        Deque<Tree> done = new ArrayDeque<>();
        int leaf = leaves.length;
        for (int i = nodes.length - 1; i >= 0; i--) {
            boolean split = nodes[i] != LEAF;
            boolean right = split
                    ? nodes[i] >= 0 && nodes[i] < features && done.size() >= 2 && thresholds.length == nodes.length
                    : leaf > 0 && leaves[leaf - 1].length == outputs;
            if (!right) {
                throw new DataException("[" + stored.kind() + ", node-features] expected trees of examples of "
                        + features + " numbers with leaves of " + outputs + " but node " + i + " is none");
            }
            done.push(
                    split
                            ? new Tree.Split(nodes[i], (float) thresholds[i], done.pop(), done.pop())
                            : new Tree.Leaf(leaves[--leaf]));
        }
        if (leaf != 0 || done.size() != stored.whole("trees", 1, Integer.MAX_VALUE)) {
            throw new DataException("[" + stored.kind() + ", trees] expected " + stored.text("trees")
                    + " trees that use all leaves but received " + done.size() + " with " + leaf + " leaves left");
        }
        return List.copyOf(done);
    }
}
