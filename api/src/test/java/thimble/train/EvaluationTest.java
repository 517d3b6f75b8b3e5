package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.tensor.Shape;

class EvaluationTest {
    private static Dataset classes(int... labels) {
        return ArrayDataset.of("d", Shape.of(1), new float[labels.length][1], labels, List.of("a", "b", "c"));
    }

    @Test
    void classesAreCountedByHand() {
        // true a a a b c, predicted a a b b b
        float[][] scores = {{.8f, .1f, .1f}, {.5f, .3f, .2f}, {.2f, .7f, .1f}, {.1f, .6f, .3f}, {.1f, .5f, .4f}};
        Evaluation result = Evaluation.of(scores, classes(0, 0, 0, 1, 2));
        assertThat(result.accuracy()).isEqualTo(0.6);
        assertThat(result.metric("balanced-accuracy")).isCloseTo((2 / 3.0 + 1 + 0) / 3, within(1e-12));
        assertThat(result.metric("macro-f1")).isCloseTo((0.8 + 0.5 + 0) / 3, within(1e-12));
        double logLoss = -(Math.log(.8f) + Math.log(.5f) + Math.log(.2f) + Math.log(.6f) + Math.log(.4f)) / 5;
        assertThat(result.metric("log-loss")).isCloseTo(logLoss, within(1e-9));
        // a: .8 .5 .2 against .1 .1; b: .6 against .1 .3 .7 .5; c: .4 against .1 .2 .1 .3
        assertThat(result.metric("auroc")).isCloseTo((1 + 0.75 + 1) / 3, within(1e-12));
        // one example per bin but .5 .5 in one: |1 - .8| + |1 + 0 - 1| + |0 - .7| + |1 - .6|
        assertThat(result.metric("ece")).isCloseTo((0.2 + 0 + 0.7 + 0.4) / 5, within(1e-6));
    }

    @Test
    void tiesCountHalfInTheAreaAndOneClassHasNone() {
        float[][] same = {{.5f, .5f, 0}, {.5f, .5f, 0}};
        assertThat(Evaluation.of(same, classes(0, 1)).metric("auroc")).isEqualTo(0.5);
        assertThat(Evaluation.of(same, classes(0, 0)).metrics()).doesNotContainKey("auroc");
    }

    @Test
    void certainMistakesHaveAFiniteLogLoss() {
        assertThat(Evaluation.of(new float[][] {{1, 0, 0}}, classes(1)).metric("log-loss"))
                .isCloseTo(-Math.log(1e-12), within(1e-9));
    }

    @Test
    void numbersAreComparedInTheirUnits() {
        Dataset data = ArrayDataset.of("d", new float[3][1], new float[] {1, 2, 6});
        Evaluation result = Evaluation.of(new float[][] {{2}, {2}, {4}}, data);
        assertThat(result.metric("rmse")).isCloseTo(Math.sqrt(5 / 3.0), within(1e-12));
        assertThat(result.metric("mae")).isCloseTo(1, within(1e-12));
        assertThat(result.metric("r2")).isCloseTo(1 - 5 / 14.0, within(1e-12));
        Dataset flat = ArrayDataset.of("d", new float[2][1], new float[] {1, 1});
        assertThat(Evaluation.of(new float[][] {{2}, {2}}, flat).metrics()).containsOnlyKeys("rmse", "mae");
    }

    @Test
    void wrongScoresAndNamesAreRefused() {
        assertThatThrownBy(() -> Evaluation.of(new float[1][3], classes(0, 1)))
                .hasMessage("[evaluation] expected one row of scores for each of 2 examples but received 1");
        assertThatThrownBy(() -> Evaluation.of(new float[2][2], classes(0, 1)))
                .hasMessage("[evaluation] expected 3 scores but received 2");
        assertThatThrownBy(() -> Evaluation.of(new float[2][3], classes(0, 1)).metric("acuracy"))
                .hasMessageContaining("did you mean 'accuracy'?");
    }
}
