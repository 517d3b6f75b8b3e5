package thimble.benchmarks.anchors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thimble.backend.ReferenceBackend;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.Targets;
import thimble.method.Methods;
import thimble.tensor.Shape;
import thimble.train.Evaluation;
import thimble.train.ExtractingLearner;
import thimble.train.LearnContext;
import thimble.train.Learner;
import thimble.train.Model;
import thimble.train.TrainingListener;

class AnchorsTest {
    private static final double[][] CENTRES = {{5.0, 3.4, 1.5, 0.2}, {5.9, 2.8, 4.3, 1.3}, {6.6, 3.0, 5.6, 2.0}};

    static Stream<Learner> learners() {
        return Stream.of(
                new BoostedTrees(60, 3, 0.1),
                new Forest(60, 0),
                new KernelRidge(),
                new KernelRidge(KernelRidge.Shape.LAPLACE, 1, 1e-3),
                new LogisticRegression(),
                new NearestNeighbours(5),
                new TangentKernel());
    }

    @ParameterizedTest
    @MethodSource("learners")
    void classesLikeIrisAreLearned(Learner learner) throws Exception {
        Dataset train = flowers(90, 1);
        Dataset test = flowers(300, 2);
        try (Model model = learner.fit(train, context(1))) {
            assertThat(Evaluation.of(model, test).accuracy()).isGreaterThan(0.93);
            float[][] scores = model.predict(test);
            for (float[] row : scores) {
                assertThat(row[0] + row[1] + row[2]).isCloseTo(1f, within(1e-5f));
            }
            float[] first = new float[4];
            test.read(0, 0, first, 0);
            assertThat(model.predict(first)).containsExactly(scores[0], within(0f));
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void theSameSeedGivesTheSameScores(Learner learner) {
        Dataset train = flowers(60, 1);
        assertThat(learner.fit(train, context(5)).predict(train))
                .isDeepEqualTo(learner.fit(train, context(5)).predict(train));
    }

    @ParameterizedTest
    @MethodSource("learners")
    void theyAreFoundByName(Learner learner) {
        assertThat(Methods.parse(Learner.class, learner.name()).name()).isEqualTo(learner.name());
        assertThat(learner.summary()).isNotBlank();
    }

    @Test
    void aForestOfOneDeepTreeOnDistinctExamplesFitsWhatItDrew() {
        Dataset train = flowers(40, 3);
        float[][] scores = new Forest(200, 0).fit(train, context(1)).predict(train);
        assertThat(Evaluation.of(scores, train).accuracy()).isEqualTo(1);
        for (float score : scores[0]) {
            assertThat(score).isPositive();
        }
    }

    static Stream<Learner> regressions() {
        return Stream.of(
                new BoostedTrees(),
                new Forest(80, 0),
                new KernelRidge(),
                new NearestNeighbours(5),
                new TangentKernel());
    }

    @ParameterizedTest
    @MethodSource("regressions")
    void numbersAreLearned(Learner learner) {
        Model model = learner.fit(line(200, 1), context(1));
        assertThat(Evaluation.of(model, line(100, 2)).metric("rmse")).isLessThan(0.35);
    }

    @Test
    void logisticRegressionRefusesNumbers() {
        Dataset train = line(200, 1);
        assertThatThrownBy(() -> new LogisticRegression().fit(train, context(1)))
                .hasMessage("[logistic-regression] expected classes but the targets are the numbers "
                        + ((Targets.Numbers) train.targets()).names() + "; forest predicts numbers");
        Learner behind = new ExtractingLearner(new Pca(1, false), new LogisticRegression());
        assertThatThrownBy(() -> behind.check(train.example(), train.targets()))
                .hasMessageStartingWith("[logistic-regression] expected classes");
        assertThatThrownBy(() ->
                        new ExtractingLearner(new Pca(99, false), new Forest()).check(train.example(), train.targets()))
                .hasMessageStartingWith("[pca] expected at most");
    }

    @Test
    void aSplitIsFoundByHand() {
        // Cut between 2 and 3: the only one that leaves both sides pure.
        Dataset data = ArrayDataset.of(
                "four",
                Shape.of(1),
                new float[][] {{1}, {2}, {3}, {4}},
                new float[][] {{1, 0}, {1, 0}, {0, 1}, {0, 1}},
                new Targets.Classes(List.of("a", "b")));
        Tree tree =
                new TreeGrower(Columns.of(data), 1, 1, new java.util.SplittableRandom(1)).grow(new int[] {0, 1, 2, 3});
        assertThat(tree.leaf(new float[] {2.4f})).containsExactly(1, 0);
        assertThat(tree.leaf(new float[] {2.6f})).containsExactly(0, 1);
        assertThat(tree.leaf(new float[] {Float.NaN})).containsExactly(0, 1);
    }

    @Test
    void badParametersAndCancellationAreSaid() {
        assertThatThrownBy(() -> new Forest(0, 0)).hasMessageContaining("[forest] expected trees >= 1 but received 0");
        assertThatThrownBy(() -> new Forest(10, -1)).hasMessageContaining("expected depth >= 0");
        assertThatThrownBy(() -> new LogisticRegression(0, 0.1)).hasMessageContaining("expected epochs >= 1");
        assertThatThrownBy(() -> new LogisticRegression(1, Double.NaN)).hasMessageContaining("expected rate > 0");
        assertThatThrownBy(() -> new BoostedTrees(0, 4, 0.1))
                .hasMessageContaining("[boosted-trees] expected trees >= 1");
        assertThatThrownBy(() -> new BoostedTrees(1, 0, 0.1)).hasMessageContaining("expected depth >= 1");
        assertThatThrownBy(() -> new BoostedTrees(1, 4, 0)).hasMessageContaining("expected rate > 0");
        assertThatThrownBy(() -> new KernelRidge(KernelRidge.Shape.RBF, -1, 0))
                .hasMessage("[kernel-ridge] expected gamma > 0 but received -1.0");
        assertThatThrownBy(() -> new KernelRidge(KernelRidge.Shape.RBF, 1, Double.NaN))
                .hasMessageContaining("expected lambda >= 0");
        assertThatThrownBy(() -> new TangentKernel(0, 0, 1)).hasMessageContaining("[ntk] expected depth >= 1");
        assertThatThrownBy(() -> new TangentKernel(3, 3, 1))
                .hasMessage("[ntk] expected fixed below depth, which is 3, but received 3");
        assertThatThrownBy(() -> new NearestNeighbours(0)).hasMessageContaining("[nearest-neighbours] expected k >= 1");
        LearnContext cancelled = new LearnContext(new ReferenceBackend(), 1, TrainingListener.NONE, () -> true);
        assertThatThrownBy(() -> new Forest().fit(flowers(30, 1), cancelled)).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> new BoostedTrees().fit(flowers(30, 1), cancelled))
                .isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> new TangentKernel().fit(flowers(30, 1), cancelled))
                .isInstanceOf(CancellationException.class);
        assertThatThrownBy(
                        () -> new Forest(5, 0).fit(flowers(30, 1), context(1)).predict(new float[3]))
                .hasMessageContaining("expected 4 numbers but received 3");
    }

    @Test
    void theMemoriserKnowsWhatItSawAndGuessesTheRest() {
        Dataset train = flowers(40, 3);
        Model model = new Memoriser().fit(train, context(1));
        assertThat(Evaluation.of(model, train).metric("log-loss")).isZero();
        Evaluation unseen = Evaluation.of(model, flowers(300, 4));
        assertThat(unseen.metric("log-loss"))
                .isCloseTo(-(Math.log(14 / 40.0) + 2 * Math.log(13 / 40.0)) / 3, within(1e-5));
        assertThatThrownBy(() -> model.predict(new float[3])).hasMessageContaining("expected 4 numbers");
        assertThat(Methods.parse(Learner.class, "memoriser")).isEqualTo(new Memoriser());
    }

    @Test
    void neighboursVoteByHandAndEqualVotesGoToTheNearer() {
        Dataset data = ArrayDataset.of(
                "three", Shape.of(1), new float[][] {{0}, {1}, {3}}, new int[] {0, 1, 1}, List.of("a", "b"));
        assertThat(new NearestNeighbours(1).fit(data, context(1)).predict(new float[] {0.4f}))
                .containsExactly(new float[] {0.75f, 0.25f}, within(1e-4f));
        float[] both = new NearestNeighbours(2).fit(data, context(1)).predict(new float[] {0.4f});
        assertThat(both[0]).isGreaterThan(both[1]).isCloseTo(0.5f, within(1e-4f));
        assertThat(new NearestNeighbours(9).fit(data, context(1)).predict(new float[] {0.4f})[1])
                .isCloseTo(2.5f / 4, within(1e-4f));
    }

    @Test
    void aKernelFitsItsTrainingExamplesWithoutPenaltyAndTheirMeanWithAHugeOne() {
        Dataset train = line(30, 1);
        assertThat(Evaluation.of(new KernelRidge(KernelRidge.Shape.LAPLACE, 1, 0).fit(train, context(1)), train)
                        .metric("rmse"))
                .isLessThan(1e-5);
        Model flat = new KernelRidge(KernelRidge.Shape.RBF, 1, 1e9).fit(train, context(1));
        assertThat(Evaluation.of(flat, train).metric("r2")).isCloseTo(0, within(1e-6));
        Dataset twice = train.concat(train);
        assertThatThrownBy(() -> new KernelRidge(KernelRidge.Shape.RBF, 2, 0).fit(twice, context(1)))
                .hasMessageContaining("[kernel-ridge] expected lambda large enough");
    }

    private static LearnContext context(long seed) {
        return new LearnContext(new ReferenceBackend(), seed);
    }

    private static Dataset flowers(int size, long seed) {
        Random random = new Random(seed);
        float[][] examples = new float[size][4];
        float[][] rows = new float[size][3];
        for (int i = 0; i < size; i++) {
            for (int f = 0; f < 4; f++) {
                examples[i][f] = (float) (CENTRES[i % 3][f] + 0.25 * random.nextGaussian());
            }
            rows[i][i % 3] = 1;
        }
        return ArrayDataset.of("flowers", Shape.of(4), examples, rows, new Targets.Classes(List.of("a", "b", "c")));
    }

    private static Dataset line(int size, long seed) {
        Random random = new Random(seed);
        float[][] examples = new float[size][2];
        float[][] rows = new float[size][1];
        for (int i = 0; i < size; i++) {
            examples[i][0] = (float) random.nextGaussian();
            examples[i][1] = (float) random.nextGaussian();
            rows[i][0] = (float) Math.sin(examples[i][0]) + 0.05f * (float) random.nextGaussian();
        }
        return ArrayDataset.of("line", Shape.of(2), examples, rows, new Targets.Numbers(List.of("y")));
    }
}
