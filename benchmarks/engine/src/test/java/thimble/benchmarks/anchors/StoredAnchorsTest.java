package thimble.benchmarks.anchors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import thimble.backend.ReferenceBackend;
import thimble.data.ArrayDataset;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.Stored;
import thimble.tensor.Shape;
import thimble.train.LearnContext;
import thimble.train.Learner;
import thimble.train.Model;

/** Stored models whose arrays do not fit each other. */
class StoredAnchorsTest {
    private static final float[][] EXAMPLES = {{0, 1}, {1, 0}, {2, 2}, {3, 1}};
    private static final Dataset DATA =
            ArrayDataset.of("four", Shape.of(2), EXAMPLES, new int[] {0, 1, 0, 1}, List.of("a", "b"));

    private static Stored stored(Learner learner) {
        return learner.fit(DATA, new LearnContext(new ReferenceBackend(), 1)).stored();
    }

    private static void refused(Learner learner, UnaryOperator<Stored> change, String message) {
        Stored changed = change.apply(stored(learner));
        assertThatThrownBy(() -> learner.reader().orElseThrow().apply(changed, new ReferenceBackend()))
                .isInstanceOf(DataException.class)
                .hasMessage("[" + learner.name() + ", " + message);
    }

    /** Left where feature 1 is at most 0.5: leaf 0; else by feature 0: leaves 1 and 2; then a tree of leaf 3 alone. */
    @Test
    void treesAreArraysInTheOrderOfTheirNodes() {
        Stored trees = Stored.of("forest")
                .with("trees", 2)
                .with("features", 2)
                .with("outputs", 1)
                .with("classes", false)
                .with("node-features", new int[] {1, -1, 0, -1, -1, -1})
                .with("thresholds", new double[] {0.5, 0, 2, 0, 0, 0})
                .with("leaves", new float[][] {{10}, {20}, {30}, {6}});
        Model model = ForestModel.read(trees);
        assertThat(model.predict(new float[] {5, 0})).containsExactly(8);
        assertThat(model.predict(new float[] {1, 1})).containsExactly(13);
        assertThat(model.predict(new float[] {5, 1})).containsExactly(18);
        assertThat(model.stored()).usingRecursiveComparison().isEqualTo(trees);
    }

    @Test
    void damagedTreesAreRefused() {
        Forest forest = new Forest(1, 1);
        String trees = "node-features] expected trees of examples of 2 numbers with leaves of 2 but node ";
        refused(forest, all -> all.with("node-features", new int[] {2, -1, -1}), trees + "0 is none");
        refused(forest, all -> all.with("node-features", new int[] {-2, -1, -1}), trees + "0 is none");
        refused(forest, all -> all.with("node-features", new int[] {-1, -1, 0}), trees + "2 is none");
        refused(forest, all -> all.with("node-features", new int[] {-1, -1, -1}), trees + "0 is none");
        refused(forest, all -> all.with("thresholds", new double[] {1}), trees + "0 is none");
        refused(forest, all -> all.with("leaves", new float[][] {{1}, {0}}), trees + "2 is none");
        refused(
                forest,
                all -> all.with("trees", 7),
                "trees] expected 7 trees that use all leaves but received 1 with 0 leaves left");
        refused(
                forest,
                all -> all.with("features", 0),
                "features] expected a whole number from 1 to 268435456 but" + " received 0");
        refused(
                new BoostedTrees(1, 1, 0.1),
                all -> all.with("start", new double[] {0}),
                "node-features] expected trees of examples of 2 numbers with leaves of 1 but node 0 is none");
    }

    @Test
    void damagedKernelsAndNeighboursAreRefused() {
        refused(
                new KernelRidge(),
                all -> all.with("alpha", new double[][] {{1, 2}, {3, 4}}),
                "alpha] expected 2 rows of 4 numbers but received 2 of 2");
        refused(
                new KernelRidge(),
                all -> all.with("kernel", "cubic"),
                "kernel] expected gaussian, laplace or tangent but received cubic");
        refused(
                new TangentKernel(),
                all -> all.with("fixed", 3),
                "fixed] expected a whole number from 0 to 2 but received 3");
        refused(
                new NearestNeighbours(3),
                all -> all.with("targets", new float[][] {{1, 0}}),
                "targets] expected 4 rows but received 1");
        refused(
                new NearestNeighbours(3),
                all -> all.with("k", 5),
                "k] expected a whole number from 1 to 4 but received 5");
        refused(
                new Memoriser(),
                all -> all.with("unseen", new float[][] {{1}}),
                "targets] expected 4 rows of 1 numbers but received 4 of 2");
    }

    @Test
    void damagedLinearModelsAndProjectionsAreRefused() {
        refused(
                new LogisticRegression(),
                all -> all.with("known", new int[] {0, 2}),
                "known] expected one of 2 classes for each of 2 rows but received [0, 2]");
        Pca pca = new Pca(1, false);
        Stored changed = pca.fit(DATA).stored().with("mean", new double[] {1, 2, 3});
        assertThatThrownBy(() -> pca.reader().orElseThrow().apply(changed))
                .isInstanceOf(DataException.class)
                .hasMessage("[pca, directions] expected rows of 3 numbers but received 2");
    }

    @Test
    void aClassThatDoesNotOccurHasNoProbability() {
        Dataset three = ArrayDataset.of("four", Shape.of(2), EXAMPLES, new int[] {0, 2, 0, 2}, List.of("a", "b", "c"));
        Model model = new LogisticRegression().fit(three, new LearnContext(new ReferenceBackend(), 1));
        float[] scores = model.predict(EXAMPLES[0]);
        assertThat(scores[1]).isZero();
        assertThat(scores[0] + scores[2]).isEqualTo(1f);
    }
}
